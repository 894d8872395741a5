using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Addresses;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>Commands on standard input, replies on standard output. Ends with its input.</summary>
/// <param name="input">Borrowed.</param>
/// <param name="output">Borrowed; one write per reply.</param>
internal sealed class StdioEndpoint(
    ControlSocketAddress address, Stream input, Stream output, IControlProtocol protocol, ILogger logger)
    : IControlEndpoint
{
    public ControlSocketAddress Address => address;

    public IPEndPoint? BoundTo => null;

    public async Task ServeAsync(CancellationToken stop)
    {
        try
        {
            await new LineSession(
                input, output, protocol.OpenStream(default, isGuarded: false), protocol.MaxCommandLength, Timeout.InfiniteTimeSpan)
                .RunAsync(stop).ConfigureAwait(false);
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
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
