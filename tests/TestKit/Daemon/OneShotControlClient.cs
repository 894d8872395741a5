using System.Net;
using System.Net.Sockets;

namespace RtpProxy.TestKit.Daemon;

/// <summary>A connection for each command; the daemon closes it behind its reply.</summary>
internal sealed class OneShotControlClient(EndPoint endPoint) : ControlClient
{
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override async Task<byte[]> ExchangeAsync(
        ReadOnlyMemory<byte> command, int lineCount, CancellationToken cancellationToken)
    {
        using Socket socket = await StreamConnection.OpenAsync(endPoint);
        byte[] request = [.. command.Span, (byte)'\n'];
        await socket.SendAsync(request, cancellationToken);
        using MemoryStream reply = new();
        await using NetworkStream stream = new(socket, ownsSocket: false);
        await stream.CopyToAsync(reply, cancellationToken);
        return reply.ToArray();
    }
}
