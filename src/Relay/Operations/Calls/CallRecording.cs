using System.Collections.Immutable;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>Both parties of every line of a call go to files, or no more (ng protocol).</summary>
internal static class CallRecording
{
    // As many as have room in a reply beside a long description.
    private const int MaxFilesTold = 16;

    /// <summary>What is to be opened for those that are not recorded yet.</summary>
    public static RecordingPlan Plan(RelayWorker worker, Call call, OperationContext context)
    {
        var plan = new RecordingPlan(context);
        var mode = RecordingMode.Of(context.Options, single: true);
        foreach (Session session in worker.Calls.SessionsOf(call).Where(session => !session.IsSubscribed))
        {
            worker.Keeping?.OnChanged(session);
            foreach (Leg party in (ReadOnlySpan<Leg>)[session.Caller, session.Callee])
            {
                if (!party.IsRecorded && party.PendingRecording is null)
                {
                    plan.TryAdd(worker, party, RecordingNames.Derive(party, mode.IsSingle), mode);
                }
            }
        }

        return plan;
    }

    /// <summary>The files of the RTP of those lines that are recorded now, in which they will be found; the first of very many.</summary>
    public static ImmutableArray<string> FilesOf(RelayWorker worker, Call call) =>
    [
        .. worker.Calls.SessionsOf(call)
            .SelectMany(session => (Leg[])[session.Caller, session.Callee])
            .Select(party => party.Rtp.Recorder?.File.Destination)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Take(MaxFilesTold),
    ];

    public static void Stop(RelayWorker worker, Call call)
    {
        foreach (Session session in worker.Calls.SessionsOf(call))
        {
            worker.Keeping?.OnChanged(session);
            worker.Recorders.Stop(session.Caller);
            worker.Recorders.Stop(session.Callee);
        }
    }
}
