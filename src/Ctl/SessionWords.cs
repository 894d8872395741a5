using System.Globalization;
using RtpProxy.Ctl.Output;
using RtpProxy.Protocols.Rtpp.Statistics;

namespace RtpProxy.Ctl;

/// <summary>A session in words.</summary>
internal static class SessionWords
{
    public static IEnumerable<string> Describe(SessionResult session)
    {
        string medium = session.Medium == 0 ? "" : $", medium {session.Medium}";
        yield return $"call {session.CallId}{medium}, on {session.Socket}";
        yield return "  " + string.Join("; ", Shared(session.Caller));
        yield return $"  caller ({session.FromTag}): {string.Join(", ", Side(session.Caller))}";
        yield return $"  callee: {string.Join(", ", Side(session.Callee))}";
    }

    private static IEnumerable<string> Shared(IReadOnlyDictionary<string, decimal> values)
    {
        if (Find(values, SessionStatistic.Ttl) is { } ttl)
        {
            yield return Words($"ends in {ttl} s unless media comes");
        }

        if (Find(values, SessionStatistic.PacketsRelayed) is { } relayed)
        {
            yield return Words($"{relayed} packets relayed");
        }

        if (Find(values, SessionStatistic.PacketsDropped) is { } dropped)
        {
            yield return Words($"{dropped} dropped");
        }
    }

    private static IEnumerable<string> Side(IReadOnlyDictionary<string, decimal> values)
    {
        if (Find(values, SessionStatistic.PacketsFromThisParty) is { } received)
        {
            yield return Words($"{received} packets received");
        }

        if (Find(values, SessionStatistic.RtpLost) is { } lost && Find(values, SessionStatistic.RtpSent) is { } sent)
        {
            yield return Words($"{lost} of {sent} lost on the way to us{(sent > 0 ? $" ({100 * lost / sent:0.0} %)" : "")}");
        }

        if (Find(values, SessionStatistic.RtpDuplicates) is { } repeated)
        {
            yield return Words($"{repeated} came twice");
        }

        if (Find(values, SessionStatistic.RtpParseErrors) is { } invalid)
        {
            yield return Words($"{invalid} were no RTP");
        }

        if (Find(values, SessionStatistic.LongestGap) is { } gap)
        {
            yield return Words($"longest gap {gap:0.000} s");
        }

        if (Find(values, SessionStatistic.JitterLast) is { } last
            && Find(values, SessionStatistic.JitterMax) is { } most
            && Find(values, SessionStatistic.JitterMean) is { } mean)
        {
            yield return Words($"jitter {last:0.0} now, {mean:0.0} on average, {most:0.0} at most (timestamp units)");
        }
    }

    private static decimal? Find(IReadOnlyDictionary<string, decimal> values, SessionStatistic statistic) =>
        values.TryGetValue(statistic.Text(), out decimal value) ? value : null;

    private static string Words(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
