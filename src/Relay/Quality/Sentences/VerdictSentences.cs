using RtpProxy.Relay.Destinations;
using static RtpProxy.Relay.Quality.Sentences.SentenceWords;

namespace RtpProxy.Relay.Quality.Sentences;

/// <summary>
/// Verdicts for people: what is the matter, the addresses and counts that show it, and what to check (docs/verdicts.md). In them is
/// nothing that a party or a controller may have made up, but addresses.
/// </summary>
/// <remarks>Pure; for the thread of whoever shows them, not for workers.</remarks>
public static partial class VerdictSentences
{
    /// <summary>About the whole session.</summary>
    public static string Of(SessionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return AsSentence(WordsOf(report));
    }

    private static string WordsOf(SessionReport report)
    {
        Side side = report.Verdict.Party ?? Side.Caller;
        LegReport party = report[side];
        LegReport other = report[side.Opposite()];
        return report.Verdict.Code switch
        {
            VerdictCode.Ok => Ok(report),
            VerdictCode.Waiting => Waiting(report),
            VerdictCode.Silent => Silent(report),
            VerdictCode.OneWay => OneWay(party, other),
            VerdictCode.OneWayStopped => Stopped(report, party, other),
            VerdictCode.Refused => Refused(party),
            VerdictCode.PrivateAddress => PrivateAddress(party, other),
            VerdictCode.Unreachable => report.IsSubscribed ? OfSubscribed(party) : Unreachable(party),
            VerdictCode.Held => Held(report),
            VerdictCode.WrongFamily => WrongFamily(party),
            VerdictCode.NotRtp => NotRtp(report, party),
            VerdictCode.BadQuality => BadQuality(report),
            _ => report.Verdict.Code.Name(),
        };
    }

    private static string Ok(SessionReport report)
    {
        if (report.IsSubscribed)
        {
            return $"it carries what a party of the call says to a subscriber at {report.Callee.SendingTo}, who need not be heard: "
                + $"{Count(report.Callee.Sent)} so far";
        }

        if (report.CarriesCopy)
        {
            return "it carries a copy of another call: its own parties need not be heard";
        }

        return $"both parties are heard, and each is sent what the other says{Quiet(report.Caller)}{Quiet(report.Callee)}";
    }

    /// <summary>A party that is well and says nothing.</summary>
    private static string Quiet(LegReport leg) => leg.HeardAgo is not { } ago || ago < VerdictTimes.Stopped ? ""
        : $"; the {Name(leg.Side)} has said nothing for {Time(ago)}, "
            + (leg.ReportsAgo < VerdictTimes.ReportsAtMost ? "but its reports (RTCP) go on: it is muted, or saves silence"
                : leg.SavesSilence ? "as it did before: it saves silence"
                : "but is heard on another media line of the call");

    private static string Waiting(SessionReport report)
    {
        if (report.IsSubscribed)
        {
            return $"the answer of a subscriber, who is to hear a party of the call, is waited for; it was asked {Time(report.Age)} ago";
        }

        if (!report.IsComplete)
        {
            return $"the answer (L) is waited for; the offer came {Time(report.Age)} ago{Already(report.Caller)}{Already(report.Callee)}";
        }

        if (report is { Caller.HeardAgo: { } callerAgo, Callee.HeardAgo: { } calleeAgo }
            && callerAgo > VerdictTimes.Lately && calleeAgo > VerdictTimes.Lately)
        {
            return $"nobody speaks any more: the caller stopped {Time(callerAgo)} ago, the callee {Time(calleeAgo)} ago; "
                + "the call may have ended without a word (D), or both sides are on hold";
        }

        foreach (LegReport leg in (ReadOnlySpan<LegReport>)[report.Caller, report.Callee])
        {
            if (!leg.Signalled.IsKnown && leg.HeardAgo is null)
            {
                return $"nobody has said yet where the {Name(leg.Side)} is, and it was not heard";
            }
        }

        TimeSpan since = report.Caller.ExpectedAgo < report.Callee.ExpectedAgo ? report.Caller.ExpectedAgo : report.Callee.ExpectedAgo;
        return since < VerdictTimes.SetUp
            ? $"the call was set up or changed {Time(since)} ago: {WhoIsMissing(report)} not been heard yet"
            : $"{WhoIsMissing(report)} not been heard on this media line, but on another one of the call: "
                + "a camera that is off, or a line that is not used";
    }

    private static string Already(LegReport leg) => leg.Early is { } early
        ? $"; for the {Name(leg.Side)} {Came(early)}, which nobody can be sent before the answer"
        : "";

    private static string WhoIsMissing(SessionReport report) => report switch
    {
        { Caller.HeardAgo: null, Callee.HeardAgo: null } => "the parties have",
        { Caller.HeardAgo: null } => "the caller has",
        { Callee.HeardAgo: null } => "the callee has",
        _ => report.Caller.HeardAgo > report.Callee.HeardAgo ? "the caller, who stopped, has" : "the callee, who stopped, has",
    };

    private static string Silent(SessionReport report)
    {
        LegReport caller = report.Caller;
        LegReport callee = report.Callee;
        bool isReported = caller.ReportsAgo is not null || callee.ReportsAgo is not null;
        string other = isReported ? "of RTP, though some of RTCP, " : SendsNoMedia(caller) || SendsNoMedia(callee) ? "of RTP " : "";
        string since = caller.Early is null && callee.Early is null ? $"set up {Time(report.Age)} ago" : "answered";
        return $"no packet {other}came to {PortOf(caller)}, which the caller was given, "
            + $"nor to {PortOf(callee)}, which the callee was given, since the call was {since}{Open(caller)}{Open(callee)}; "
            + $"check that these addresses reach this host, and that no firewall is between{Hint(caller)}{Hint(callee)}";
    }

    private static string Open(LegReport leg) => SendsNoMedia(leg)
        ? $"; the {Name(leg.Side)} sent {NoMedia(leg)}, so that the way from it is open"
        : Before(leg);

    /// <summary>It was heard when nothing could be relayed yet.</summary>
    private static string Before(LegReport leg) => leg.Early is { } early
        ? $"; before the answer {Came(early)} to the port of the {Name(leg.Side)}, so that the way from it was open"
        : "";

    private static string Hint(LegReport leg) => leg.Place == AddressPlace.Possible ? ""
        : $"; the {Name(leg.Side)} was signalled at {leg.Signalled}{Kind(leg.Place)}";

    private static string OneWay(LegReport party, LegReport other)
    {
        bool goesOn = other.HeardAgo <= VerdictTimes.Stopped;
        string sent = party.SendingTo.IsKnown && party.SendFault is null
            ? $"; packets of the {Name(other.Side)} {(goesOn ? "are being" : "were")} sent to {party.SendingTo}"
            : "";
        string heard = goesOn ? "is heard" : $"was heard until {Time(other.HeardAgo ?? TimeSpan.Zero)} ago";
        string early = party.Side == Side.Caller ? "; while the call rings it may not speak yet" : "";
        string never = party.Early is null ? "never was" : "was so only before the answer";
        return $"the {Name(other.Side)} {heard}, the {Name(party.Side)} {never}: {Signalled(party)}{OwnKind(party.Place)}, and nothing came from there "
            + $"to {PortOf(party)}{(party.Early is null ? "" : " since")}{Kept(party)}{Before(party)}{sent}; {Advice(party)}{early}";
    }

    private static string Advice(LegReport party) => SendsNoMedia(party)
        ? $"the way from the {Name(party.Side)} to us is open: look at why it sends no RTP"
        : $"check that the {Name(party.Side)} was given {PortOf(party)}, and that firewalls and NATs let it through";

    /// <summary>Datagrams came that were taken, and none of them was RTP or RTCP.</summary>
    private static bool SendsNoMedia(LegReport party) => party is { HeardAgo: null, ReportsAgo: null, Reception.NotRtp: > 0 };

    private static string NoMedia(LegReport party) =>
        $"{(party.Reception.NotRtp == 1 ? "1 datagram that is" : $"{party.Reception.NotRtp} datagrams that are")} no RTP: keepalives, or "
        + (party.Look is MediaLook.Unknown or MediaLook.Rtp ? "what nobody knows" : Likeness(party.Look));

    /// <summary>What came of a party that is not heard.</summary>
    private static string Kept(LegReport party) => party.ReportsAgo is not null
        ? party.ClaimsToSpeak ? " but RTCP, which says that it does send: its RTP is lost on the way"
            : " but RTCP: it is muted, only listens, or only its RTCP is let through"
        : SendsNoMedia(party) ? $" but {NoMedia(party)}"
        : party.Refused is { } refused ? $" but {Count(refused.Count)}, the last from {refused.Source}, that {(refused.Count == 1 ? "was" : "were")} refused"
        : "";

    private static string Stopped(SessionReport report, LegReport party, LegReport other)
    {
        TimeSpan silence = party.HeardAgo ?? TimeSpan.Zero;
        string claims = party.ClaimsToSpeak ? "; its reports (RTCP) say that it still sends: its RTP is lost on the way" : "";
        string goesOn = $"while the {Name(other.Side)} goes on{claims}";
        return party.CirclingAgo is not null
            ? $"the {Name(party.Side)} is not heard any more, {goesOn}: what comes from {party.Learned} to its port for {Time(silence)} goes round in a circle and is "
                + $"dropped, {Count(party.Circling)} so far; look at which relays and phones were told each other's addresses"
            : $"the {Name(party.Side)} was heard and stopped {Time(silence)} ago after {Count(party.Reception.Packets)}, last from {party.Learned}, "
                + $"{goesOn}; {Cause(report, silence)}";
    }

    private static string Cause(SessionReport report, TimeSpan silence)
    {
        foreach (SignallingCommand? command in (ReadOnlySpan<SignallingCommand?>)[report.LastCommand, report.EarlierCommand])
        {
            TimeSpan before = (command?.Ago ?? TimeSpan.MaxValue) - silence;
            if (command is not null && before <= VerdictTimes.CommandBefore && before >= -VerdictTimes.CommandAfter)
            {
                return $"{Command(command.By)} of the {Name(command.Speaker)} came {Time(before.Duration())} {(before >= TimeSpan.Zero ? "before" : "after")}: "
                    + (command.IsOfSetUp ? "the call was set up by it: what came before was early media, or what it told the parties is wrong"
                        : "a hold or a transfer, or what it told the parties is wrong");
            }
        }

        return "no command came with it: look at its network, its NAT, or the phone itself";
    }

    private static string Refused(LegReport party)
    {
        if (party.Refused is not { } refused)
        {
            return $"packets to the port of the {Name(party.Side)} are refused";
        }

        string why = refused.Belief.IsBelieved()
            ? $"that is not where the {Name(party.Side)} was said to be or was heard"
            : $"it is {refused.Belief.Explain()}";
        string heard = party.Learned.IsKnown ? $", and it was heard at {party.Learned}" : "";
        return $"{PortOf(party)} receives packets from {refused.Source} that are refused ({refused.Reason}: {why}), {refused.Count} so far; "
            + $"{Signalled(party)}{heard}; if this is the {Name(party.Side)}, its description should show where it sends from";
    }

    private static string PrivateAddress(LegReport party, LegReport other)
    {
        if (!party.Signalled.IsKnown)
        {
            return $"the {Name(party.Side)} was never said to be anywhere but at {Unspecified(party)}, which is nowhere, and was not heard; what the {Name(other.Side)} sends ends here";
        }

        string todo = party.Place switch
        {
            AddressPlace.OwnHost or AddressPlace.OwnPort or AddressPlace.OwnSession => "the description of the party has our own address in it: look at what rewrites it",
            _ => $"behind a NAT the party must speak first: check that its packets reach {PortOf(party)}",
        };
        string heard = party.Early is null ? "it was not heard" : "it was not heard since the answer";
        return $"{Signalled(party)}{Kind(party.Place)}, and {heard}{Before(party)}; {todo}";
    }

    private static string Unreachable(LegReport party)
    {
        string heard = party.HeardAgo < VerdictTimes.Stopped ? $"; the {Name(party.Side)} itself is heard from {party.Learned}"
            : party.HeardAgo is { } ago ? $"; the {Name(party.Side)} itself was last heard {Time(ago)} ago"
            : $"; the {Name(party.Side)} itself was never heard";
        return party.SendFault is { } fault
            ? $"packets for the {Name(party.Side)} do not get to {fault.To}: {Why(fault.Outcome)}, {HowOften(fault)}{heard}"
            : $"packets for the {Name(party.Side)} do not get there{heard}";
    }

    private static string HowOften(SendFault fault) => fault.IsTold
        ? $"as the network has told {(fault.Count == 1 ? "once" : Invariant($"{fault.Count} times"))} for {Time(fault.Since)}"
        : $"{Count(fault.Count)} in a row for {Time(fault.Since)}";

    private static string Held(SessionReport report)
    {
        if (report.IsSubscribed)
        {
            return "the subscriber wants nothing of this media line now: no fault";
        }

        var said = new List<string>();
        foreach (LegReport leg in (ReadOnlySpan<LegReport>)[report.Caller, report.Callee])
        {
            if (leg.IsOnHold)
            {
                said.Add($"the {Name(leg.Side)} is on hold ({Unspecified(leg)})");
            }
            else if (leg.HearsPrompt)
            {
                said.Add($"a prompt is played to the {Name(leg.Side)}");
            }
            else if (leg.Signalled is { IsKnown: true, Port: 0 })
            {
                said.Add($"the {Name(leg.Side)} declined this media line (port 0)");
            }
        }

        return said.Count == 0 ? "no media is wanted: no fault" : $"{string.Join(", and ", said)}: no fault";
    }

    private static string WrongFamily(LegReport party) =>
        $"the {Name(party.Side)} is to be sent to {party.SendingTo}, an {Family(party.SendingTo.IsIPv6)} address, and our port for it, {PortOf(party)}, is "
        + $"{Family(party.Local.IsIPv6)}: nothing can be sent; the controller should ask for a port of the party's family (bridging)";

    private static string NotRtp(SessionReport report, LegReport party) => report.Verdict.IsTrouble
        ? $"what the {Name(party.Side)} sends is not RTP: it looks like {Likeness(party.Look)}, {party.OtherRow} datagrams "
            + (party.HeardAgo is null ? "and no RTP ever" : "since its last RTP")
        : "both parties send a fax (T.38), which is relayed as it is: no fault";

    private static string BadQuality(SessionReport report)
    {
        var said = new List<string>();
        foreach (LegReport leg in (ReadOnlySpan<LegReport>)[report.Caller, report.Callee])
        {
            if (report.Verdict.Party is null || report.Verdict.Party == leg.Side)
            {
                said.Add(ComesBadly(leg) ?? ArrivesBadly(leg) ?? $"the way of the {Name(leg.Side)} is bad");
            }
        }

        return string.Join("; ", said);
    }

    private static string? ComesBadly(LegReport leg)
    {
        if (leg.Reception.LastInterval is not { Expected: > 0 } last)
        {
            return null;
        }

        double loss = (double)last.Lost / last.Expected;
        if (loss <= VerdictTimes.BadLoss && !(last.Score * 1000 < VerdictTimes.BadScore))
        {
            return null;
        }

        string score = last.Score is { } mos ? Invariant($", MOS {mos:0.00}") : "";
        string jitter = last.JitterMilliseconds is { } ms ? Invariant($", jitter {ms:0.0} ms") : "";
        return $"what the {Name(leg.Side)} says comes badly: in the last {Time(last.Length)} {Percent(loss)} lost, {Percent((double)last.Late / last.Expected)} "
            + $"late{score}{jitter}; that is before us, on the way from {leg.Learned} to {PortOf(leg)}";
    }

    private static string? ArrivesBadly(LegReport leg) => leg.Reported is not { } reported ? null
        : $"what is sent to the {Name(leg.Side)} arrives badly: by its own report {Time(reported.Ago)} ago {Percent(reported.LossRate)} lost; "
            + $"that is behind us, on the way from {PortOf(leg)} to {leg.SendingTo}";

    private static string Signalled(LegReport party) => !party.Signalled.IsKnown
        ? $"nobody said where the {Name(party.Side)} is"
        : $"the {Name(party.Side)} was signalled at {party.Signalled} by {Command(party.SignalledBy)} {Time(party.SignalledAgo ?? TimeSpan.Zero)} ago";
}
