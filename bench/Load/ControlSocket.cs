using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RtpProxy.Load;

/// <summary>Asks over UDP and waits for the answer; asks again while a relay is starting.</summary>
internal sealed class ControlSocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
    {
        ReceiveTimeout = 250,
    };

    private readonly byte[] _buffer = new byte[65_536];
    private int _cookie;

    public ControlSocket(int port) => _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));

    public string Ask(string command)
    {
        string cookie = $"{Environment.ProcessId}_{++_cookie}";
        byte[] request = Encoding.ASCII.GetBytes($"{cookie} {command}");
        for (int tries = 0; tries < 40; tries++)
        {
            try
            {
                _socket.Send(request);
                while (true)
                {
                    string reply = Encoding.ASCII.GetString(_buffer, 0, _socket.Receive(_buffer));
                    if (reply.StartsWith(cookie + " ", StringComparison.Ordinal))
                    {
                        return reply[(cookie.Length + 1)..];
                    }
                }
            }
            catch (SocketException)
            {
                Thread.Sleep(50); // refused while nobody listens yet, or timed out
            }
        }

        throw new InvalidOperationException($"No answer to '{command}'.");
    }

    /// <summary>Sends a command and does not wait; answers that have come to earlier ones are thrown away.</summary>
    public void Tell(string command)
    {
        while (_socket.Available > 0)
        {
            _socket.Receive(_buffer);
        }

        _socket.Send(Encoding.ASCII.GetBytes($"{Environment.ProcessId}_{++_cookie} {command}"));
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>A UDP port of 127.0.0.1 that nobody has now.</summary>
    public static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
