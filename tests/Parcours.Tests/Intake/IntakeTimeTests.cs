using Parcours.Intake;

namespace Parcours.Tests.Intake;

public sealed class IntakeTimeTests
{
    [Theory]
    [InlineData("2026-03-02T08:59:58.123Z", "2026-03-02T08:59:58.123Z")]
    [InlineData("2015-2-02T00:30:08.276Z", "2015-02-02T00:30:08.276Z")]
    [InlineData("2026-03-02T08:59:58", "2026-03-02T08:59:58Z")]
    [InlineData("2026-03-02 08:59", "2026-03-02T08:59:00Z")]
    [InlineData("2026-03-02", "2026-03-02T00:00:00Z")]
    [InlineData("2026-3-2T8:5:9Z", "2026-03-02T08:05:09Z")]
    [InlineData(" 2026-03-02T08:59:58z ", "2026-03-02T08:59:58Z")]
    [InlineData("2026-03-02T08:59:58+01:00", "2026-03-02T07:59:58Z")]
    [InlineData("2026-03-02T08:59:58-0530", "2026-03-02T14:29:58Z")]
    [InlineData("2026-03-02T08:59:58 +02", "2026-03-02T06:59:58Z")]
    [InlineData("2026-03-02 08:59:58 UTC", "2026-03-02T08:59:58Z")]
    [InlineData("2026-03-02T08:59:58.123456789Z", "2026-03-02T08:59:58.123456Z")]
    [InlineData("1969-07-20T20:17:40.0000009Z", "1969-07-20T20:17:40Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z")]
    [InlineData("Mon, 02 Mar 2026 08:59:58 GMT", "2026-03-02T08:59:58Z")]
    [InlineData("1772441998", "2026-03-02T08:59:58Z")]
    [InlineData("1772441998.5", "2026-03-02T08:59:58.5Z")]
    [InlineData("1772441998123", "2026-03-02T08:59:58.123Z")]
    [InlineData("1772441998123456", "2026-03-02T08:59:58.123456Z")]
    public void A_time_is_read_as_leniently_as_senders_write_it(string written, string expected)
    {
        Assert.True(IntakeTime.TryParse(written, out var time));
        Assert.Equal(Readings.At(expected), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-02-30T00:00:00Z")]
    [InlineData("2023-02-29")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("2026-03-02T24:01:00Z")]
    [InlineData("2026-03-02T08:60:00Z")]
    [InlineData("2026-03-02T08")]
    [InlineData("2026-03-02T08:59:58.Z")]
    [InlineData("2026-03-02T08:59:58+19:00")]
    [InlineData("2026-03-02T08:59:58Zulu")]
    [InlineData("03/02/2026")]
    [InlineData("0")]
    [InlineData("2026")]
    [InlineData("1e30")]
    [InlineData("99999999999999999999")]
    public void What_is_no_time_is_not_guessed(string written) => Assert.False(IntakeTime.TryParse(written, out _));
}
