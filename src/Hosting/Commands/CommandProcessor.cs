using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Lines;
using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Hosting.Commands;

/// <summary>Lets the relay begin a command, and the router carry it.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="meter">Null where nobody asks for what it counts.</param>
internal sealed class CommandProcessor(CommandDesk desk, ErrandRouter router, ILogger logger, CommandMeter? meter) : ICommandProcessor, ICommandsUnderWay
{
    private int _underWay;

    public int UnderWay => Volatile.Read(ref _underWay);

    public void Execute(ReadOnlySpan<byte> line, ReadOnlySpan<byte> cookie, in RequestOrigin origin, IReplyTarget target)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            // The blank that parts a cookie from its command begins the line.
            Log.CommandReceived(logger, PeerText.Of([.. cookie, .. line]));
            target = new LoggedReply(target, logger);
        }

        Instant begun = meter is null ? default : MonotonicClock.Now;
        CommandRun run;
        try
        {
            run = desk.Begin(line, cookie, origin);
        }
#pragma warning disable CA1031 // Reported where the reply is awaited, like a defect of a later step.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            target.GiveUp(defect);
            return;
        }

        Interlocked.Increment(ref _underWay);
        router.Carry(run, meter is null ? new CommandEnd(this, run, target) : new MeasuredEnd(this, run, target, meter, begun));
    }

    /// <summary>The reply of a command has been given.</summary>
    internal void OnEnded() => Interlocked.Decrement(ref _underWay);

    public void CountRepeat() => desk.CountRepeat();
}
