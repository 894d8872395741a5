using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Sip;

namespace RtpProxy.SipEdge.Tests;

/// <summary>A phone or server of a test: a UDP socket that sends texts and receives messages.</summary>
internal sealed class SipPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public SipPeer(string address = "127.0.0.1") => _socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));

    public IPEndPoint Local => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary><c>address:port</c>.</summary>
    public string HostPort => Local.ToString();

    public void Send(string message, IPEndPoint to) => _socket.SendTo(Encoding.Latin1.GetBytes(message), to);

    /// <summary>The next message, whatever it is.</summary>
    public async Task<SipMessage> ReceiveAsync()
    {
        byte[] buffer = new byte[65_535];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        int length = await _socket.ReceiveAsync(buffer, SocketFlags.None, limit.Token);
        SipMessage.TryParse(buffer.AsSpan(0, length), out SipMessage message, out ParseError error).ShouldBeTrue(error.ToString());
        return message;
    }

    /// <summary>Throws the next datagram away, whatever it is.</summary>
    public async Task DiscardAsync() => await _socket.ReceiveAsync(new byte[65_535], SocketFlags.None);

    /// <summary>The next message that is not 100 Trying, which must have the given start.</summary>
    public async Task<SipMessage> ExpectAsync(string start)
    {
        SipMessage message = await ReceiveAsync();
        while (message.StatusCode == 100 && !start.StartsWith("SIP/2.0 100", StringComparison.Ordinal))
        {
            message = await ReceiveAsync();
        }

        message.Text.ShouldStartWith(start);
        return message;
    }

    /// <summary>True if something waits to be received.</summary>
    public bool HasMail => _socket.Available > 0;

    public void Dispose() => _socket.Dispose();
}
