using static RtpProxy.Relay.Quality.Sentences.SentenceWords;

namespace RtpProxy.Relay.Quality.Sentences;

/// <content>One sentence for each party: what is known of it, whatever the verdict is.</content>
public static partial class VerdictSentences
{
    private const double NothingArrives = 0.99;

    /// <summary>About one party.</summary>
    public static string Of(SessionReport report, Side side)
    {
        ArgumentNullException.ThrowIfNull(report);
        LegReport leg = report[side];
        if (report.IsSubscribed)
        {
            return AsSentence(OfSubscribed(leg));
        }

        var facts = new List<string> { Heard(leg, report.IsComplete) };
        if (leg.IsOnHold)
        {
            facts.Add("it is on hold");
        }

        if (leg.HearsPrompt)
        {
            facts.Add("a prompt is played to it");
        }

        if (leg.OtherRow > 0)
        {
            facts.Add($"what it sends now looks like {Likeness(leg.Look)}");
        }

        if (leg.Refused is { GoesOn: true } refused && (leg.Learned != refused.Source || leg.HeardAgo > refused.Ago))
        {
            facts.Add($"packets from {refused.Source} to its port are refused, {refused.Count} so far");
        }

        if (leg.CirclingAgo is not null)
        {
            facts.Add($"what comes to its port goes round in a circle and is dropped, {Count(leg.Circling)} so far");
        }

        if (leg.SendFault is { } fault)
        {
            facts.Add($"packets for it do not get to {fault.To}: {Why(fault.Outcome)}");
        }

        if (leg.Reported is { } reported && reported.Ago < VerdictTimes.ReportsAtMost)
        {
            facts.Add(reported.LossRate >= NothingArrives
                ? "by its own reports nothing arrives there"
                : $"by its own reports {Percent(reported.LossRate)} is lost on the way to it");
        }

        return AsSentence(string.Join("; ", facts));
    }

    /// <summary>Where somebody subscribed the callee's side is theirs, and the caller's stands for who is heard.</summary>
    private static string OfSubscribed(LegReport leg) => leg switch
    {
        { Side: Side.Caller } => "this side stands for the party that is heard, which has a media line of its own",
        { SendFault: { } fault } => $"packets for the subscriber do not get to {fault.To}: {Why(fault.Outcome)}, {HowOften(fault)}",
        { Signalled.IsKnown: true } =>
            $"the subscriber was signalled at {leg.Signalled} {Time(leg.SignalledAgo ?? TimeSpan.Zero)} ago, and was sent {Count(leg.Sent)}",
        _ => "nobody has said yet where the subscriber is",
    };

    private static string Heard(LegReport leg, bool isComplete)
    {
        string party = $"the {Name(leg.Side)}";
        if (leg.HeardAgo is not { } ago)
        {
            string never = leg.Early is not { } early ? SendsNoMedia(leg) ? "has sent no RTP so far" : "was never heard"
                : isComplete ? $"was heard only before the answer, when nothing could be relayed: {Came(early)}"
                : $"is heard before the answer: {Came(early)}, which cannot be relayed yet";
            string other = leg.ReportsAgo is not null ? ", though its reports (RTCP) come" : "";
            return leg.Signalled.IsKnown
                ? $"{party} {never}{other}; it was signalled at {leg.Signalled} by {Command(leg.SignalledBy)} "
                    + $"{Time(leg.SignalledAgo ?? TimeSpan.Zero)} ago{Kind(leg.Place)}"
                : $"{party} {never}{other}, and nobody {(isComplete ? "said" : "has said yet")} where it is";
        }

        string where = leg.Signalled.IsKnown && leg.Signalled != leg.Learned ? $", and was signalled at {leg.Signalled}" : "";
        return ago <= VerdictTimes.Lately
            ? $"{party} is heard from {leg.Learned}{where}"
            : $"{party} has said nothing for {Time(ago)}; it was heard from {leg.Learned} before{where}";
    }
}
