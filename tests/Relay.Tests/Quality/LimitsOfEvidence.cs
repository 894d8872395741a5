using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>How many datagrams, and over how long, say something of a party: with one fewer the verdict claims less (docs/verdicts.md).</summary>
public sealed class LimitsOfEvidence
{
    private readonly VirtualRelay _relay = new();

    [Theory]
    [InlineData(4, 0.5, "one-way Callee")]
    [InlineData(5, 0.5, "refused Callee")]
    [InlineData(9, 0.1, "one-way Callee")] // within less than a second
    public void Five_datagrams_within_at_least_a_second_are_refused(int datagrams, double secondsBetween, string verdict)
    {
        Talk talk = AfterSix();
        for (int i = 0; i < datagrams; i++)
        {
            talk.Call.FromBob(Mallory, RtpBytes.Rtp(i, ssrc: 666));
            talk.OnlyAlice(secondsBetween);
        }

        talk.OnlyAlice(1).Words.ShouldBe(verdict);
        talk.OnlyAlice(5).Words.ShouldBe("one-way Callee", "it is over");
    }

    [Theory]
    [InlineData(2, 2, "one-way Callee")]
    [InlineData(3, 1, "unreachable Callee")]
    [InlineData(3, 0.5, "one-way Callee")] // within less than two seconds
    public void Three_messages_of_the_network_over_two_seconds_make_a_party_unreachable(int messages, double secondsBetween, string verdict)
    {
        Talk talk = AfterSix();
        for (int i = 0; i < messages; i++)
        {
            _relay.TellUndelivered(talk.Call.PortForBob, Bob, SendOutcome.PortClosed);
            talk.OnlyAlice(secondsBetween);
        }

        talk.OnlyAlice(1).Words.ShouldBe(verdict);
        talk.OnlyAlice(10).Words.ShouldBe("one-way Callee", "nothing was told any more");
    }

    [Theory]
    [InlineData(2, "one-way Callee")]
    [InlineData(3, "not-rtp Callee")]
    public void Three_datagrams_that_are_no_RTP_are_something_else(int datagrams, string verdict)
    {
        Talk talk = AfterSix();
        SendOther(talk, datagrams);

        talk.OnlyAlice(1).Words.ShouldBe(verdict);
        talk.OnlyAlice(5).Words.ShouldBe("one-way Callee", "it is over");
    }

    [Theory]
    [InlineData(9, "ok")]
    [InlineData(10, "not-rtp Callee")]
    public void Ten_are_it_from_a_party_that_has_spoken(int datagrams, string verdict)
    {
        Talk talk = new Talk(_relay).For(6);
        SendOther(talk, datagrams);

        talk.OnlyAlice(1).Words.ShouldBe(verdict);
    }

    [Theory]
    [InlineData(1, "one-way Callee")]
    [InlineData(2, "not-rtp Callee")]
    public void Two_handshakes_are_enough(int datagrams, string verdict)
    {
        Talk talk = AfterSix();
        byte[] stun = [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, .. new byte[12]];
        for (int i = 0; i < datagrams; i++)
        {
            talk.Call.FromBob(Bob, stun);
            talk.OnlyAlice(1);
        }

        talk.Words.ShouldBe(verdict);
    }

    [Theory]
    [InlineData(0, "ok")] // 4 % of G.711
    [InlineData(3, "bad-quality Callee")] // of GSM
    public void Fewer_lost_packets_than_five_in_a_hundred_are_bad_where_the_score_is(byte payloadType, string verdict)
    {
        var talk = new Talk(_relay);
        int sequence = 0;

        talk.OnlyAlice(13, () =>
        {
            if (++sequence % 25 != 0)
            {
                talk.Call.FromBob(Bob, RtpBytes.Rtp(sequence, ssrc: 8, (uint)(sequence * 800), payloadType));
            }
        });

        talk.Words.ShouldBe(verdict);
    }

    private Talk AfterSix() => new Talk(_relay).OnlyAlice(6);

    private static void SendOther(Talk talk, int datagrams)
    {
        byte[] other = new byte[60];
        other[0] = 0x20;
        for (int i = 0; i < datagrams; i++)
        {
            talk.Call.FromBob(Bob, other);
        }
    }
}
