using System.Net.Sockets;
using System.Text;

namespace RtpProxy.EndToEnd.Control;

/// <summary><c>unix:</c>: one connection per command, no line end, no cookie (control protocol, section 1.6).</summary>
public sealed class UnixControlClient(string path) : ControlClient
{
    protected override async Task<string> ExchangeAsync(string command, CancellationToken cancellation)
    {
        using Socket socket = await UnixConnection.OpenAsync(path, cancellation);
        await socket.SendAsync(Encoding.Latin1.GetBytes(command), cancellation);
        byte[] reply = new byte[8192];
        return Encoding.Latin1.GetString(reply, 0, await socket.ReceiveAsync(reply, cancellation));
    }
}
