using System.Globalization;
using RtpProxy.Admin;

namespace RtpProxy.Ctl.Calls;

/// <summary>A party of a session in words, a label before each line.</summary>
/// <param name="other">What to call the other party.</param>
/// <param name="now">As the relay had it when it told.</param>
/// <param name="setUpAt">Of the session: intervals are counted from there.</param>
internal sealed class PartyText(PartyDetail party, string other, DateTimeOffset now, DateTimeOffset setUpAt, bool hasBlocks)
{
    private const double WorstLoss = 0.05; // the height of the plot at least: less looks like what it is, little
    private const double WorstJitter = 30;
    private const double WorstScore = 1;
    private const double BestScore = 4.5;

    public IEnumerable<(string Label, string Text)> Lines() =>
        [.. Addresses(), .. Troubles(), .. Figures(), .. History()];

    private IEnumerable<(string Label, string Text)> Addresses()
    {
        yield return ("signalled", party.Signalled is { } signalled
            ? signalled
                + (party.SignalledBy is { } by ? $", by its {by}" : "")
                + (party.SignalledAt is { } at ? $" at {TimeText.Clock(at, now)}" : "")
            : "nowhere yet");
        yield return ("heard at", party.Learned is { } learned
            ? learned
                + (party.LearnedAt is { } since ? $", since {TimeText.Clock(since, now)}" : "")
                + (party.Moves > 0 ? $", moved {Times(party.Moves)}" : "")
                + (party.ControlLearned is { } control ? $"; its RTCP at {control}" : "")
            : "nowhere yet");
        yield return ("our port", party.Port == 0
            ? "none yet"
            : OurPort() + (party.Advertised is { } told ? $", told as {told}" : ""));
        yield return ("we send to", party.SendingTo is { } to
            ? $"{to}: {Number(party.Sent)} packets"
            : party.Sent > 0 ? $"nowhere now: {Number(party.Sent)} packets so far" : "nowhere yet");
        yield return ("received", string.Join("; ", Received()));
    }

    private string OurPort() =>
        party.Local.Contains(':', StringComparison.Ordinal) ? $"[{party.Local}]:{Number(party.Port)}" : $"{party.Local}:{Number(party.Port)}";

    private IEnumerable<string> Received()
    {
        StreamFigures figures = party.Figures;
        yield return figures.Packets == 0 && party.Relayed + party.Dropped == 0
            ? "nothing so far"
            : $"{Number(figures.Packets)} packets"
                + (Codec(figures) is { Length: > 0 } codec ? $" of {codec}" : "")
                + (party.SilentSeconds is { } silent ? $", the last {TimeText.Of(silent)} ago" : "");
        if (party.Relayed + party.Dropped > 0)
        {
            yield return $"{Number(party.Relayed)} relayed to the {other}, {Number(party.Dropped)} dropped";
        }

        if (party.ControlPackets > 0)
        {
            yield return $"{Number(party.ControlPackets)} of RTCP";
        }
    }

    private IEnumerable<(string Label, string Text)> Troubles()
    {
        if (party.Early is { } early)
        {
            yield return ("early", $"before the answer {Number(early.Count)} packets of RTP, the last from {early.Source} at {TimeText.Clock(early.LastAt, now)}: dropped");
        }

        if (party.Refused is { } refused)
        {
            yield return ("refused", $"{Number(refused.Count)} datagrams, the last from {refused.Source}, {TimeText.Ago(refused.LastAt, now)}: {refused.Reason}");
        }

        if (party.SendFault is { } fault)
        {
            yield return ("not sent", $"{Number(fault.Count)} packets to {fault.To}, since {TimeText.Clock(fault.Since, now)}: {fault.Outcome}");
        }

        if (party.Look is { } look)
        {
            yield return ("looks like", look);
        }

        string[] states =
            [.. party.OnHold ? (string[])["on hold"] : [], .. party.HearsPrompt ? (string[])["hears a prompt"] : [], .. party.Recorded ? (string[])["recorded"] : []];
        if (states.Length > 0)
        {
            yield return ("state", string.Join(", ", states));
        }
    }

    private IEnumerable<(string Label, string Text)> Figures()
    {
        StreamFigures figures = party.Figures;
        if (figures.Expected > 0)
        {
            yield return ("before us", string.Join(", ", BeforeUs(figures)));
        }

        if (figures.BurstDensity > 0)
        {
            yield return ("bursts", string.Create(
                CultureInfo.InvariantCulture,
                $"{Percent(figures.BurstDensity)} bad in bursts of {figures.BurstMilliseconds:0} ms, {Percent(figures.GapDensity)} in gaps of {figures.GapMilliseconds:0} ms; {figures.MeanLossRun:0.0} lost in a row"));
        }

        if (figures.LastInterval is { } last)
        {
            yield return ("lately", string.Create(
                CultureInfo.InvariantCulture,
                $"in {last.Length:0.#} s: {Count(last.Received, "packet")}, {last.Lost} lost, {last.Late} late{Jitter(last.JitterMilliseconds)}{Score(", MOS ", last.Score)}"));
        }

        if (figures.Score is { } score)
        {
            yield return ("score", string.Create(CultureInfo.InvariantCulture, $"MOS {score:0.00}")
                + (figures.Rating is { } rating ? string.Create(CultureInfo.InvariantCulture, $" (R {rating:0.0})") : "")
                + Score("; mean ", figures.ScoreMean)
                + At(Score(", lowest ", figures.ScoreMinimum), figures.ScoreMinimumAt)
                + At(Score(", highest ", figures.ScoreMaximum), figures.ScoreMaximumAt)
                + Score("; in conversation ", figures.ConversationalScore));
        }

        yield return ("behind us", party.Reported is { } reported
            ? string.Create(CultureInfo.InvariantCulture, $"{Percent(reported.LossRate)} lost ({reported.Lost} in all)")
                + Jitter(reported.JitterMilliseconds)
                + (reported.RoundTripMilliseconds is { } trip ? string.Create(CultureInfo.InvariantCulture, $", round trip {trip:0.0} ms") : "")
                + $", by its RTCP {TimeText.Ago(reported.At, now)}"
            : "unknown: it sends no RTCP about what it receives");
    }

    private static IEnumerable<string> BeforeUs(StreamFigures figures)
    {
        yield return $"{Percent(figures.LossRate)} lost ({Number(figures.Lost)} of {Number(figures.Expected)})";
        yield return $"{Percent(figures.DiscardRate)} late ({Number(figures.Late)})";
        if (figures is { JitterLast: { } last, JitterMean: { } mean, JitterMaximum: { } most })
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"jitter {last:0.0} ms now, {mean:0.0} on average, {most:0.0} at most");
        }

        if (figures.Duplicates > 0)
        {
            yield return $"{Number(figures.Duplicates)} came twice";
        }

        if (figures.NotRtp > 0)
        {
            yield return $"{Number(figures.NotRtp)} were no RTP";
        }

        // The first source counts as a change, too.
        if (figures.SsrcChanges > 1)
        {
            yield return $"its source changed {Times(figures.SsrcChanges - 1)}";
        }
    }

    private IEnumerable<(string Label, string Text)> History()
    {
        IReadOnlyList<IntervalPoint> points = party.History;
        if (points.Count < 2)
        {
            yield break;
        }

        double?[] losses = [.. points.Select(LossOf)];
        double mostLoss = losses.Max() ?? 0;
        yield return ("loss", Plot(losses, 0, Math.Max(WorstLoss, mostLoss)) + $" at most {Percent(mostLoss)}");
        double?[] jitters = [.. points.Select(point => point.JitterMilliseconds)];
        if (jitters.Max() is { } mostJitter)
        {
            yield return ("jitter", Plot(jitters, 0, Math.Max(WorstJitter, mostJitter))
                + string.Create(CultureInfo.InvariantCulture, $" at most {mostJitter:0.0} ms"));
        }

        double?[] scores = [.. points.Select(point => point.Score)];
        if (scores.Min() is { } leastScore)
        {
            yield return ("score", Plot(scores, WorstScore, BestScore)
                + string.Create(CultureInfo.InvariantCulture, $" at least {leastScore:0.00}"));
        }

        double begin = points[0].At;
        double end = points[^1].At + points[^1].Length;
        yield return ("", $"from {TimeText.Clock(setUpAt.AddSeconds(begin), now)} to {TimeText.Clock(setUpAt.AddSeconds(end), now)}");
    }

    private string Plot(double?[] values, double least, double most) => $"[{Sparkline.Draw(values, least, most, hasBlocks)}]";

    private static double? LossOf(IntervalPoint point)
    {
        ulong expected = (ulong)point.Received + point.Lost;
        return expected == 0 ? null : (double)point.Lost / expected;
    }

    private static string Codec(StreamFigures figures)
    {
        string codec = figures.Codec ?? (figures.PayloadType is { } type ? $"payload type {Number(type)}" : "");
        return codec.Length > 0 && figures.PacketMilliseconds is { } length
            ? string.Create(CultureInfo.InvariantCulture, $"{codec}, {length:0.#} ms each")
            : codec;
    }

    private static string At(string score, double? seconds) =>
        score.Length > 0 && seconds is { } at ? $"{score} at {TimeText.Of(at)}" : score;

    private static string Score(string before, double? score) =>
        score is { } known ? string.Create(CultureInfo.InvariantCulture, $"{before}{known:0.00}") : "";

    private static string Jitter(double? milliseconds) =>
        milliseconds is { } known ? string.Create(CultureInfo.InvariantCulture, $", jitter {known:0.0} ms") : "";

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    private static string Times(uint count) => count == 1 ? "once" : $"{Number(count)} times";

    private static string Count(uint count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
