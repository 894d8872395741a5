using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Addresses;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>Commands on standard input, replies on standard output. Ends with its input.</summary>
/// <remarks>
/// Served by a thread of its own: a terminal or a file cannot be watched, and what others share must not be made non-blocking.
/// Nor can reading it be cancelled, only left alone.
/// </remarks>
/// <param name="input">Borrowed.</param>
/// <param name="output">Borrowed; one write per reply.</param>
internal sealed class StdioEndpoint(
    ControlSocketAddress address, Stream input, Stream output, IControlProtocol protocol, ILogger logger)
    : IControlEndpoint
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private bool _isBusy;
    private bool _isStopping;

    public ControlSocketAddress Address => address;

    public IPEndPoint? BoundTo => null;

    public Task ServeAsync(CancellationToken stop)
    {
        new Thread(Serve) { IsBackground = true, Name = "stdio" }.Start();
        stop.UnsafeRegister(
            static endpoint => ((StdioEndpoint)endpoint!).Stop(), this);
        return _end.Task;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Serve()
    {
        try
        {
            ServeLines();
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The reader of our output is gone, or we are stopping.
        }
#pragma warning disable CA1031 // A defect costs this channel, not the calls.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Log.CommandFault(logger, address.ToString(), defect);
        }

        _end.TrySetResult();
    }

    private void ServeLines()
    {
        ICommandStream commands = protocol.OpenStream(default, isGuarded: false);
        var lines = new LineBuffer(protocol.MaxCommandLength);
        while (true)
        {
            // A full buffer without a line is borne as long as nothing follows.
            Span<byte> room = lines.IsOverfull ? new byte[1] : lines.GetFreeSpace().Span;
            int count = input.Read(room);
            if (count == 0 || lines.IsOverfull)
            {
                return;
            }

            lines.Advance(count);
            SetBusy(true);
            while (lines.TryTakeLine(out ReadOnlyMemory<byte> line))
            {
                var reply = new AwaitedReply();
                bool mayGoOn = commands.OnCommand(line.Span, reply);
                output.Write(reply.Wait().Span);
                output.Flush();
                if (!mayGoOn)
                {
                    return;
                }
            }

            SetBusy(false);
        }
    }

    /// <summary>What is under way is still answered.</summary>
    private void Stop()
    {
        lock (_lock)
        {
            _isStopping = true;
            EndIfIdle();
        }
    }

    private void SetBusy(bool isBusy)
    {
        lock (_lock)
        {
            _isBusy = isBusy;
            EndIfIdle();
        }
    }

    private void EndIfIdle()
    {
        if (_isStopping && !_isBusy)
        {
            _end.TrySetResult();
        }
    }
}
