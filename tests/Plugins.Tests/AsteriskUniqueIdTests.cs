using Billing.Abstractions.Cdr;
using Billing.Plugins.Asterisk;

namespace Billing.Plugins.Tests;

public sealed class AsteriskUniqueIdTests
{
    // 1690325492 is 2023-07-25 22:51:32 UTC.
    [Theory]
    [InlineData("1690325492.2", "2023-07-26T01:51:32", 180)]
    [InlineData("pbx-1-1690325492.2", "2023-07-26T01:51:34", 180)]
    [InlineData("1690325492.2", "2023-07-25T22:51:31", 0)]
    [InlineData("1690325492.2", "2023-07-26T04:21:32", 330)]
    [InlineData("1690325492.2", "2023-07-25T13:21:32", -570)]
    [InlineData("1690325492.2", "2023-07-26T01:51:35", null)]
    [InlineData("1690325492.2", "2023-07-26T13:06:32", null)]
    [InlineData("uuid-without-a-time", "2023-07-26T01:51:32", null)]
    [InlineData("desk 7.1", "2023-07-26T01:51:32", null)]
    public void The_offset_is_what_the_id_proves_and_nothing_else(string id, string start, int? minutes)
    {
        var time = new CdrTime(DateTime.Parse(start, System.Globalization.CultureInfo.InvariantCulture));
        AsteriskUniqueId.WithOffset(time, System.Text.Encoding.ASCII.GetBytes(id)).Offset.ShouldBe(minutes is { } m ? TimeSpan.FromMinutes(m) : null);
    }
}
