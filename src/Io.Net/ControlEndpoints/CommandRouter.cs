using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Io.Posix;
using RtpProxy.Relay.Commands;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// Carries the runs of commands around: to the mailbox of the worker they want to visit, or to threads that they may block,
/// until the reply is ready.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CommandRouter(ControlPlane plane, IReadOnlyList<Mailbox> mailboxes, ILogger logger)
    : ICommandProcessor
{
    private const int MaxFileThreads = 32;
    private const int MaxLookupThreads = 32;

    private static readonly TimeSpan FullMailboxPause = TimeSpan.FromMilliseconds(1);

    // Not the thread pool, which serves the control sockets: a disk or a name server that hangs would hold them up.
    private readonly BlockingLane _files = new("files", MaxFileThreads);
    private readonly BlockingLane _lookups = new("lookups", MaxLookupThreads);

    public ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(
        ReadOnlySpan<byte> line, ReadOnlySpan<byte> cookie, in CommandOrigin origin)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            // The blank that parts a cookie from its command begins the line.
            Log.CommandReceived(logger, PeerText.Of([.. cookie, .. line]));
        }

        try
        {
            return CarryAsync(plane.Begin(line, cookie, origin));
        }
#pragma warning disable CA1031 // Reported where the reply is awaited, like a defect of a later step.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            return ValueTask.FromException<ReadOnlyMemory<byte>>(defect);
        }
    }

    public void CountRepeat() => plane.CountRepeat();

    private async ValueTask<ReadOnlyMemory<byte>> CarryAsync(CommandRun run)
    {
        while (run.Next != RunStep.Finished)
        {
            if (run.Next == RunStep.OnWorker)
            {
                await VisitAsync(run).ConfigureAwait(false);
            }
            else
            {
                await LaneOf(run.Next).RunAsync(run.RunOffWorker).ConfigureAwait(false);
            }
        }

        if (logger.IsEnabled(LogLevel.Debug))
        {
            Log.ReplySent(logger, PeerText.Of(run.Reply.Span));
        }

        return run.Reply;
    }

    private BlockingLane LaneOf(RunStep step) => step == RunStep.LookingUp ? _lookups : _files;

    private async Task VisitAsync(CommandRun run)
    {
        Mailbox mailbox = mailboxes[run.Worker];
        var visit = new CommandVisit(run);
        while (!mailbox.TryPost(visit))
        {
            if (mailbox.IsClosed)
            {
                throw new OperationCanceledException("the relay is stopping");
            }

            await Task.Delay(FullMailboxPause).ConfigureAwait(false);
        }

        await visit.Done.ConfigureAwait(false);
    }
}
