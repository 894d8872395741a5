using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RtpProxy.EndToEnd.Sipp;

/// <summary>
/// The test's end of SIPp's "third party call control" connection. Messages are texts that end in ESC; the first line of
/// each names the call.
/// </summary>
public sealed class TwinSocket : IDisposable
{
    private const byte EndOfMessage = 0x1b;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<byte> _received = [];
    private readonly byte[] _buffer = new byte[8192];
    private Socket? _connection;

    public TwinSocket()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1);
    }

    public EndPoint Local => _listener.LocalEndPoint!;

    /// <summary>Waits for SIPp to connect, which it does when its SIP socket is open.</summary>
    public async Task AcceptAsync(CancellationToken cancellation) =>
        _connection = await _listener.AcceptAsync(cancellation);

    /// <summary>Waits for the next report.</summary>
    /// <exception cref="EndOfStreamException">SIPp has closed the connection: its script is over, or failed.</exception>
    public async Task<PhoneReport> ReadAsync(CancellationToken cancellation)
    {
        int end;
        while ((end = _received.IndexOf(EndOfMessage)) < 0)
        {
            int length = await Connection.ReceiveAsync(_buffer, cancellation);
            if (length == 0)
            {
                throw new EndOfStreamException("SIPp has closed its twin connection");
            }

            _received.AddRange(_buffer.AsSpan(0, length));
        }

        string text = Encoding.Latin1.GetString([.. _received[..end]]);
        _received.RemoveRange(0, end + 1);
        string[] parts = text.Split("\r\n\r\n", 2);
        string point = new SipText(parts[0])["Point"] ?? throw new InvalidDataException($"no report: {text}");
        return new PhoneReport(point, new SipText(parts[1]));
    }

    public async Task GoAsync(string callId, CancellationToken cancellation) =>
        await Connection.SendAsync(Encoding.Latin1.GetBytes($"Call-ID: {callId}\r\n\r\n\u001b"), cancellation);

    public void Dispose()
    {
        _connection?.Dispose();
        _listener.Dispose();
    }

    private Socket Connection => _connection ?? throw new InvalidOperationException("SIPp has not connected yet");
}
