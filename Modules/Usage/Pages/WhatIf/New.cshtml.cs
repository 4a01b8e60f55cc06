using System.Globalization;
using System.Text.RegularExpressions;
using Billing.Abstractions.Values;
using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Usage.WhatIf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.WhatIf;

/// <summary>Asks for a replay.</summary>
[Demands(Permission.ViewBilling)]
[Demands(Permission.ChangeTariffs)]
[RequestSizeLimit(MostBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
internal sealed partial class NewModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    private const long MostBytes = 96 << 20;
    private const int Rows = 3;

    [BindProperty]
    public AskInput Input { get; set; } = new();

    /// <summary>Codes of the published tariffs.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public async Task OnGetAsync(string? tariff, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        await LoadAsync(db, cancellationToken);
        if (tariff is not null && Codes.Contains(tariff)) Input.Changes[0].Tariff = tariff;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        await LoadAsync(db, cancellationToken);
        DateOnly? from = null;
        if (!string.IsNullOrWhiteSpace(Input.From))
        {
            if (DateOnly.TryParseExact(Input.From.Trim(), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)) from = month;
            else ModelState.AddModelError("Input.From", "Write the year and the month: 2026-11.");
        }
        var (drafts, rows) = (new List<DraftWish>(), new List<int>());
        foreach (var (change, i) in Input.Changes.Select((change, i) => (change, i)))
        {
            if (string.IsNullOrWhiteSpace(change.Tariff) && change.Percent is null && change.File is null) continue;
            if (change is { File: { } file, Tariff: { } code })
            {
                using var bytes = new MemoryStream();
                await file.CopyToAsync(bytes, cancellationToken);
                if (!(await DraftFile.ReadAsync(db, code.Trim(), bytes.ToArray(), cancellationToken)).TryGet(out var document, out var unread))
                {
                    ModelState.AddModelError($"Input.Changes[{i}].File", unread.Message);
                    continue;
                }
                drafts.Add(new DraftWish(code.Trim(), document, change.Percent));
            }
            else drafts.Add(new DraftWish(change.Tariff?.Trim() ?? "", null, change.Percent));
            rows.Add(i);
        }
        if (!ModelState.IsValid) return Refused();

        var result = await WhatIfBook.AskAsync(db, current.Tenant, new WhatIfWish(Input.Name ?? "", from, Input.Months ?? 0, drafts, [.. MovesOf(Input)]), clock.GetUtcNow(), cancellationToken);
        if (!result.TryGet(out var stored, out var refused))
        {
            ModelState.AddModelError(FieldOf(refused, rows), refused.Message);
            return Refused();
        }
        await db.CommitAsync(cancellationToken);
        return Redirect(Url.Content(string.Create(CultureInfo.InvariantCulture, $"~/what-if/{stored.Id}")));
    }

    private async Task LoadAsync(TenantDb db, CancellationToken cancellationToken)
    {
        Codes = [.. (await TariffBook.LoadAsync(db, cancellationToken)).Where(tariff => tariff.Latest > 0).Select(tariff => tariff.Code)];
        while (Input.Changes.Count < Rows) Input.Changes.Add(new ChangeInput());
    }

    private PageResult Refused()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private static IEnumerable<WhatIfMove> MovesOf(AskInput input)
    {
        var to = input.MoveTo?.Trim() ?? "";
        foreach (var account in (input.Accounts ?? "").Split([',', ';', '\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) yield return new WhatIfMove(account, null, to);
        if (!string.IsNullOrWhiteSpace(input.MoveFrom)) yield return new WhatIfMove(null, input.MoveFrom.Trim(), to);
    }

    // What the plan calls drafts[0] is the first row that was filled in.
    private static string FieldOf(Failure refused, List<int> rows)
    {
        if (Place().Match(refused.Field ?? "") is not { Success: true } place)
            return refused.Field switch { "name" => "Input.Name", "from" => "Input.From", "months" => "Input.Months", "drafts" => "Input.Changes[0].Tariff", _ => "" };
        if (place.Groups[1].Value == "moves") return place.Groups[3].Value switch { "tariff" => "Input.MoveTo", "fromTariff" => "Input.MoveFrom", _ => "Input.Accounts" };
        var row = rows[int.Parse(place.Groups[2].ValueSpan, CultureInfo.InvariantCulture)];
        return $"Input.Changes[{row}]." + place.Groups[3].Value switch { "percent" => "Percent", "document" => "File", _ => "Tariff" };
    }

    [GeneratedRegex(@"^(drafts|moves)\[(\d+)\]\.(\w+)$")]
    private static partial Regex Place();

    internal sealed class AskInput
    {
        public string? Name { get; set; }

        public string? From { get; set; }

        public int? Months { get; set; } = 3;

        public IList<ChangeInput> Changes { get; set; } = [];

        public string? Accounts { get; set; }

        public string? MoveFrom { get; set; }

        public string? MoveTo { get; set; }
    }

    internal sealed class ChangeInput
    {
        public string? Tariff { get; set; }

        public decimal? Percent { get; set; }

        public IFormFile? File { get; set; }
    }
}
