using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Tests.Quality;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Snapshots;

/// <summary>A relay that dies has relayed after its last snapshots: nobody knows what, and it is not told as lost.</summary>
public sealed class StaleSnapshots
{
    private readonly MeasuredCall _measured = new(new VirtualRelayOptions { RestartsAfterEveryStep = false });

    [Theory]
    [InlineData(1)] // numbers from 1
    [InlineData(65_500)] // they wrap behind the death
    [InlineData(65_270)] // and in between
    public void What_was_relayed_meanwhile_is_not_missing(int first)
    {
        Speak(first, 0, 250);
        (byte[][] workers, byte[][] sessions) = _measured.Relay.TakeSnapshots();
        Speak(first, 250, 300);
        _measured.Relay.Restart(workers, sessions, isStale: true).ShouldBe(0);
        Speak(first, 300, 850);

        ReceptionFigures heard = _measured.FromAlice;
        heard.Lost.ShouldBe(0U);
        heard.Expected.ShouldBe(800U);
        heard.LossRate.ShouldBe(0);
        heard.Late.ShouldBe(0U);
        heard.ScoreMinimum!.Value.ShouldBeGreaterThan(4.3);
        heard.SsrcChanges.ShouldBe(1U);
        heard.DeltaMaximumMilliseconds!.Value.ShouldBeLessThan(21);
    }

    [Fact]
    public void What_is_lost_before_and_behind_counts()
    {
        Speak(1, 0, 250, lost: 100);
        (byte[][] workers, byte[][] sessions) = _measured.Relay.TakeSnapshots();
        Speak(1, 250, 300);
        _measured.Relay.Restart(workers, sessions, isStale: true).ShouldBe(0);
        Speak(1, 300, 850, lost: 500);

        _measured.FromAlice.Lost.ShouldBe(2U);
        _measured.FromAlice.Expected.ShouldBe(800U);
    }

    [Fact]
    public void Who_is_not_heard_again_is_told_as_before()
    {
        Speak(1, 0, 250);
        (byte[][] workers, byte[][] sessions) = _measured.Relay.TakeSnapshots();
        ReceptionFigures before = _measured.FromAlice;

        _measured.Relay.Restart(workers, sessions, isStale: true).ShouldBe(0);

        _measured.FromAlice.ShouldBe(before);
    }

    /// <param name="first">The number of packet 0.</param>
    private void Speak(int first, int from, int to, int lost = -1)
    {
        for (int i = from; i < to; i++)
        {
            _measured.At(20 * (i + 1));
            if (i != lost)
            {
                _measured.Alice((first + i) & 0xFFFF, timestamp: (uint)(160 * i));
            }
        }
    }
}
