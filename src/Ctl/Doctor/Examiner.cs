using RtpProxy.Admin;
using RtpProxy.Controller.Relays;
using RtpProxy.Ctl.Nodes;
using RtpProxy.Io.Posix.Host;

namespace RtpProxy.Ctl.Doctor;

/// <summary>Reads all that the checks look at.</summary>
internal static class Examiner
{
    /// <param name="nodes">Relays to ask.</param>
    /// <param name="pause">Between the two readings; zero for one only.</param>
    public static async Task<Examination> ReadAsync(
        HostFiles files, NodeList nodes, TimeSpan pause, TimeProvider time, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        RelaySample[] relaysBefore = await nodes.AskAsync(node => AskAsync(node, cancellation));
        IReadOnlyList<DaemonProcess> daemonsBefore = DaemonProcess.FindAll(files);
        HostSample before = HostSample.Take(files);
        if (pause == TimeSpan.Zero)
        {
            return new Examination(files, TimeSpan.Zero, before, before, daemonsBefore, daemonsBefore, relaysBefore, relaysBefore);
        }

        await Task.Delay(pause, time, cancellation);
        RelaySample[] relays = await nodes.AskAsync(node => AskAsync(node, cancellation));
        IReadOnlyList<DaemonProcess> daemons = DaemonProcess.FindAll(files);
        return new Examination(
            files, time.GetElapsedTime(start), before, HostSample.Take(files), daemonsBefore, daemons, relaysBefore, relays);
    }

    private static async Task<RelaySample> AskAsync(Node node, CancellationToken cancellation)
    {
        if (node.Admin is { } admin)
        {
            AdminAnswer counters = await admin.AskAsync(new AdminRequest { Ask = AdminWords.Counters }, cancellation);
            AdminAnswer host = counters.Problem is null
                ? await admin.AskAsync(new AdminRequest { Ask = AdminWords.Host }, cancellation)
                : counters;
            if (counters.Reply?.Counters is { } figures)
            {
                return new RelaySample(
                    node.Name, admin.Hello, host.Reply?.Host, figures, figures.SessionsComplete + figures.SessionsIncomplete, null, ExitCode.Ok);
            }

            if (node.Stands(counters))
            {
                string problem = counters.Problem ?? "its admin socket tells no counters";
                return new RelaySample(node.Name, null, null, null, null, problem, Math.Max(counters.Code, ExitCode.Refused));
            }
        }

        RelayAnswer<RelaySummary> summary = await node.Control!.SummaryAsync(cancellation);
        return summary.IsDone
            ? new RelaySample(node.Name, null, null, null, (int)Math.Min(summary.Value!.ActiveSessions, int.MaxValue), null, ExitCode.Ok)
            : new RelaySample(node.Name, null, null, null, null, await OtherSocket.ExplainAsync(node.Control!, summary, cancellation), summary.Status == AnswerStatus.NoReply ? ExitCode.NoReply : ExitCode.Refused);
    }
}
