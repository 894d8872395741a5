using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Sentences;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>A party that sends before the answer is known cannot be relayed, and was heard all the same.</summary>
public sealed class EarlyMediaTexts
{
    private readonly VirtualRelay _relay = new();
    private readonly int _portForBob;

    public EarlyMediaTexts() => _portForBob = _relay.Port($"U call {Text(Alice)} alice");

    [Fact]
    public void Before_the_answer_it_is_told_who_sends_already()
    {
        BobSendsEarly();

        Sentence().ShouldBe(
            "The answer (L) is waited for; the offer came 1.0 s ago; for the callee 10 packets of RTP came from 198.51.100.20:50000, the last 0.1 s ago, "
            + "which nobody can be sent before the answer.");
        Sentence(Side.Callee).ShouldBe(
            "The callee is heard before the answer: 10 packets of RTP came from 198.51.100.20:50000, the last 0.1 s ago, which cannot be relayed yet, "
            + "and nobody has said yet where it is.");
        Report.Callee.Early.ShouldBe(new EarlyMedia(Bob, 10, TimeSpan.FromMilliseconds(100)));
        Report.Caller.Early.ShouldBeNull();
    }

    [Fact]
    public void After_it_a_party_that_says_nothing_more_was_heard_before()
    {
        BobSendsEarly();
        Answer().OnlyAlice(7);

        Report.Verdict.ShouldBe(new Verdict(VerdictCode.OneWay, Side.Callee));
        Sentence().ShouldStartWith(
            "The caller is heard, the callee was so only before the answer: the callee was signalled at 198.51.100.20:50000 by the answer (L) 7.0 s ago, "
            + $"and nothing came from there to port {_portForBob} since; before the answer 10 packets of RTP came from 198.51.100.20:50000, the last 7.1 s "
            + "ago to the port of the callee, so that the way from it was open; packets of the caller are being sent to");
        Sentence(Side.Callee).ShouldStartWith("The callee was heard only before the answer, when nothing could be relayed: 10 packets of RTP came from");
    }

    [Fact]
    public void A_call_that_is_silent_since_the_answer_is_not_said_to_have_had_no_packet()
    {
        BobSendsEarly();
        Answer().Silence(7);

        Sentence().ShouldContain("which the callee was given, since the call was answered; before the answer 10 packets of RTP came from");
    }

    [Fact]
    public void A_private_address_that_was_heard_early_is_told_so()
    {
        BobSendsEarly();
        Answer("10.9.9.9").OnlyAlice(7);

        Report.Verdict.ShouldBe(new Verdict(VerdictCode.PrivateAddress, Side.Callee));
        Sentence().ShouldContain("and it was not heard since the answer; before the answer 10 packets of RTP came from");
    }

    [Fact]
    public void Who_is_heard_later_is_just_heard()
    {
        BobSendsEarly();
        Answer().For(7);

        Sentence().ShouldBe("Both parties are heard, and each is sent what the other says.");
        Sentence(Side.Callee).ShouldBe("The callee is heard from 198.51.100.20:50000.");
    }

    [Fact]
    public void What_is_no_RTP_was_not_heard()
    {
        for (int i = 0; i < 10; i++)
        {
            _relay.Receive(Bob, _portForBob, [0, 0, 0, 0]);
        }

        Report.Callee.Early.ShouldBeNull();
    }

    private SessionReport Report => SessionReports.Of(_relay.Workers[0].AllSessions[0], _relay.Now);

    private void BobSendsEarly()
    {
        for (int i = 0; i < 10; i++)
        {
            _relay.Receive(Bob, _portForBob, RtpBytes.Rtp(i, ssrc: 8));
            _relay.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    private Talk Answer(string bob = "198.51.100.20") => new(_relay, new Call(_relay, bob: At(bob, 50_000)));

    private string Sentence() => VerdictSentences.Of(Report);

    private string Sentence(Side side) => VerdictSentences.Of(Report, side);
}
