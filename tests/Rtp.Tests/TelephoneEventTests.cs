namespace RtpProxy.Rtp.Tests;

/// <summary>RFC 4733 section 2.3.</summary>
public sealed class TelephoneEventTests
{
    [Theory]
    [InlineData("05 0A 03 20", 5, false, 10, 800)]
    [InlineData("05 8A 03 20", 5, true, 10, 800)]
    [InlineData("0B FF FF FF", 11, true, 63, 65535)] // the reserved bit is ignored
    [InlineData("10 00 00 00", 16, false, 0, 0)]
    [InlineData("FF 80 00 01", 255, true, 0, 1)]
    [InlineData("01 80 00 50 02 80 00 50", 1, true, 0, 80)] // the first of two
    public void A_payload_says_event_end_volume_and_duration(string hex, byte code, bool isEnd, byte volume, ushort duration)
    {
        TelephoneEvent.TryParse(Bytes(hex), out TelephoneEvent told).ShouldBeTrue();
        told.ShouldBe(new TelephoneEvent(code, isEnd, volume, duration));
    }

    [Theory]
    [InlineData(""), InlineData("05"), InlineData("05 8A"), InlineData("05 8A 03")]
    public void A_shorter_payload_says_nothing(string hex) => TelephoneEvent.TryParse(Bytes(hex), out _).ShouldBeFalse();

    [Fact]
    public void The_first_seventeen_events_are_keys()
    {
        char?[] keys = [.. Enumerable.Range(0, 256).Select(code => new TelephoneEvent((byte)code, true, 0, 0).Digit)];

        new string([.. keys.OfType<char>()]).ShouldBe("0123456789*#ABCD ");
        keys[..17].ShouldAllBe(key => key != null);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
