using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RtpProxy.Io.Tests.ControlEndpoints;

/// <summary>A controller's end of a stream or datagram control socket. All waits have a deadline.</summary>
internal sealed class ControlClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _socket;

    private ControlClient(Socket socket)
    {
        _socket = socket;
    }

    public static async Task<ControlClient> ConnectAsync(EndPoint remote)
    {
        bool isUnix = remote.AddressFamily == AddressFamily.Unix;
        var socket = new Socket(
            remote.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        await socket.ConnectAsync(remote).WaitAsync(Patience);
        return new ControlClient(socket);
    }

    public static Task<ControlClient> ConnectAsync(string path) => ConnectAsync(new UnixDomainSocketEndPoint(path));

    public static async Task<ControlClient> DatagramAsync(IPEndPoint remote)
    {
        var socket = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(remote);
        return new ControlClient(socket);
    }

    public async Task SendAsync(string text) =>
        await _socket.SendAsync(Encoding.Latin1.GetBytes(text), SocketFlags.None).WaitAsync(Patience);

    /// <summary>What one read gives: the reply, if it left in one write. Empty at the end of the connection.</summary>
    public async Task<string> ReadAsync()
    {
        byte[] buffer = new byte[65_536];
        int count = await _socket.ReceiveAsync(buffer, SocketFlags.None).WaitAsync(Patience);
        return Encoding.Latin1.GetString(buffer, 0, count);
    }

    /// <summary>Reads until the other end closes, or resets.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        try
        {
            while (await ReadAsync() is { Length: > 0 } piece)
            {
                text.Append(piece);
            }
        }
        catch (SocketException)
        {
            // A reset ends it too.
        }

        return text.ToString();
    }

    public async Task<string> AskAsync(string command)
    {
        await SendAsync(command);
        return await ReadAsync();
    }

    public void ShutdownSend() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();
}
