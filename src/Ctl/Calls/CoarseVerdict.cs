using RtpProxy.Controller.Relays;
using RtpProxy.Ctl.Nodes;
using RtpProxy.Ctl.Output;
using RtpProxy.Protocols.Rtpp.Statistics;

namespace RtpProxy.Ctl.Calls;

/// <summary>
/// What the packet counts of the control protocol say about a call, of any relay: who is heard, and who never was. They are
/// read for three seconds, since a count alone does not say when.
/// </summary>
internal static class CoarseVerdict
{
    private const int Readings = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <param name="first">What was read first.</param>
    public static async Task<VerdictResult> WatchAsync(
        RelayClient relay, SessionResult first, TimeProvider time, CancellationToken cancellation)
    {
        (decimal caller, decimal callee) = Counts(first);
        bool isCallerHeard = false;
        bool isCalleeHeard = false;
        for (int i = 0; i < Readings && !(isCallerHeard && isCalleeHeard); i++)
        {
            await Task.Delay(Pause, time, cancellation);
            if (await SessionReader.SearchAsync(relay, first.CallId, first.FromTag, cancellation) is not { Sessions: [var now, ..] })
            {
                break;
            }

            (decimal callerNow, decimal calleeNow) = Counts(now);
            isCallerHeard |= callerNow > caller;
            isCalleeHeard |= calleeNow > callee;
        }

        (string verdict, string? party, string sentence) = Judge(caller, callee, isCallerHeard, isCalleeHeard);
        return new VerdictResult(
            first.Socket, first.CallId, first.FromTag, verdict, verdict != Verdicts.Ok, party, sentence, MissingText.Session);
    }

    /// <param name="caller">Packets of the caller so far, and of the callee.</param>
    /// <param name="isCallerHeard">More came while we watched.</param>
    public static (string Verdict, string? Party, string Sentence) Judge(
        decimal caller, decimal callee, bool isCallerHeard, bool isCalleeHeard) => (isCallerHeard, isCalleeHeard) switch
        {
            (true, true) => (Verdicts.Ok, null, "both parties are heard"),
            (false, false) when caller + callee == 0 =>
                (Verdicts.Silent, null, "nobody was heard since the call was set up, however long ago that is"),
            (false, false) =>
                (Verdicts.Silent, null, FormattableString.Invariant($"nobody is heard now; {caller} packets of the caller and {callee} of the callee came before")),
            (true, false) => Missing("callee", callee, "caller"),
            (false, true) => Missing("caller", caller, "callee"),
        };

    private static (string Verdict, string? Party, string Sentence) Missing(string party, decimal packets, string other) => packets == 0
        ? (Verdicts.OneWay, party, $"the {other} is heard, the {party} never was")
        : (Verdicts.OneWayStopped, party, FormattableString.Invariant($"the {other} is heard, the {party} no more after {packets} packets"));

    private static (decimal Caller, decimal Callee) Counts(SessionResult session)
    {
        string name = SessionStatistic.PacketsFromThisParty.Text();
        return (session.Caller.GetValueOrDefault(name), session.Callee.GetValueOrDefault(name));
    }
}
