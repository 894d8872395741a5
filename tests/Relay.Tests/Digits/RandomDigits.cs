namespace RtpProxy.Relay.Tests.Digits;

/// <summary>Whatever packets come, in whatever order: what is told is what the literal rules say.</summary>
public sealed class RandomDigits
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public void Of_any_packets_that_is_told_which_the_rules_say(int seed)
    {
        var chance = new Random(seed);
        var call = new DigitCall();
        call.Offer("M3:1 d").ShouldBeTrue();
        var model = new DigitModel();
        var expected = new List<string>();
        for (int packet = 0; packet < 1000; packet++)
        {
            // Few timestamps, which come again and are forgotten; mostly the code that goes with one.
            uint timestamp = (uint)((packet / 40) + chance.Next(7));
            int code = chance.Next(8) == 0 ? chance.Next(20) : (int)(timestamp % 18);
            int duration = chance.Next(65_536);
            bool isEnd = chance.Next(3) == 0;
            int volume = chance.Next(64);
            if (model.Take(timestamp, code, duration, isEnd, volume) is { } told)
            {
                expected.Add($"d {told} 0\n");
            }

            call.FromAlice(timestamp, code, duration, isEnd, volume);
            call.Relay.Advance(TimeSpan.FromMilliseconds(60));
        }

        call.Told.ShouldBe(expected);
        expected.Count.ShouldBeGreaterThan(50);
    }
}
