using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Plugins.Tap.Ber;

namespace Billing.Plugins.Tap;

/// <summary>What the parts of a batch around its events say: who sent it, in which money it counts, and what its clocks are ahead of UTC.</summary>
sealed class TapHeader
{
    private const int MaxDecimalPlaces = 6, MaxOffsets = 1000;

    // What is looked for is never deeper. Each level of elements without a length is gone through once more to find its end, which a file made for it could draw out.
    private const int MaxLevels = 4;

    private readonly Dictionary<long, TimeSpan> offsets = [];
    private Currency local;
    private Currency tap;

    /// <summary>Code of the network that was visited.</summary>
    public byte[] Sender { get; private set; } = [];

    /// <summary>Version of the standard; null when the file does not say.</summary>
    public long? Version { get; private set; }

    /// <summary>What a charge is multiplied with to become major units; null when the file does not say, or something that can't be.</summary>
    public decimal? Unit { get; private set; }

    /// <summary>How many events there should be; null when the file does not say.</summary>
    public long? Count { get; private set; }

    /// <summary>The currency of the charges: the one agreed for the file, or what <paramref name="otherwise"/> says where it names none.</summary>
    public Currency CurrencyOf(Currency? otherwise) => !tap.IsUnset ? tap : otherwise ?? local;

    /// <summary>The offset that a code stands for.</summary>
    public bool TryFindOffset(long code, out TimeSpan offset) => offsets.TryGetValue(code, out offset);

    /// <summary>Takes in one part of a batch; what it does not know is passed over, for later releases add to them.</summary>
    public void Add(BerElement part) => Add(part, MaxLevels);

    private void Add(BerElement part, int levels)
    {
        foreach (var item in part.Children)
        {
            if (item.Tag == TapTag.UtcTimeOffsetInfo) AddOffset(item);
            else if (!item.IsConstructed) Value(item);
            else if (levels > 1) Add(item, levels - 1);
        }
    }

    private void Value(in BerElement item)
    {
        switch (item.Tag)
        {
            case TapTag.Sender when item.Content.Length <= 16: Sender = item.Content.Trim((byte)' ').ToArray(); break;
            case TapTag.LocalCurrency when Currency.TryParse(item.Content, out var named): local = named; break;
            case TapTag.TapCurrency when Currency.TryParse(item.Content, out var agreed): tap = agreed; break;
            case TapTag.SpecificationVersionNumber when BerValue.TryReadInteger(item.Content, out var version): Version = version; break;
            case TapTag.CallEventDetailsCount when BerValue.TryReadInteger(item.Content, out var count): Count = count; break;
            case TapTag.TapDecimalPlaces when BerValue.TryReadInteger(item.Content, out var places) && places is >= 0 and <= MaxDecimalPlaces:
                Unit = new decimal(1, 0, 0, isNegative: false, (byte)places);
                break;
        }
    }

    private void AddOffset(in BerElement info)
    {
        long? code = null;
        TimeSpan? offset = null;
        foreach (var item in info.Children)
        {
            if (item.Tag == TapTag.UtcTimeOffsetCode && BerValue.TryReadInteger(item.Content, out var number)) code = number;
            else if (item.Tag == TapTag.UtcTimeOffset && BerValue.TryReadOffset(item.Content, out var ahead)) offset = ahead;
        }
        if (offsets.Count < MaxOffsets && code is { } key && offset is { } value) offsets.TryAdd(key, value);
    }
}
