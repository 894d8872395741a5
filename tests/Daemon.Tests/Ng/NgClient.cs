using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using RtpProxy.TestKit;

namespace RtpProxy.Daemon.Tests.Ng;

/// <summary>Speaks the ng protocol to a daemon, over UDP or TCP, in bencode written by hand.</summary>
internal sealed partial class NgClient : IDisposable
{
    private const int MaxReply = 65_536;

    private readonly Socket _socket;
    private int _cookies;

    public NgClient(int port, ProtocolType protocol)
        : this(new IPEndPoint(IPAddress.Loopback, port), protocol)
    {
    }

    public NgClient(IPEndPoint daemon, ProtocolType protocol)
    {
        _socket = new Socket(daemon.AddressFamily, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol);
        _socket.Connect(daemon);
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends a request and returns the reply without its cookie, as Latin-1.</summary>
    public Task<string> AskAsync(string command, params (string Key, string Value)[] fields) =>
        AskAsync($"{_cookies++}", $"d{Text("command")}{Text(command)}{string.Concat(fields.Select(field => Text(field.Key) + Text(field.Value)))}e");

    /// <summary>The same with a cookie and a dictionary of the caller's.</summary>
    public async Task<string> AskAsync(string cookie, string dictionary)
    {
        await SendAsync(Encoding.Latin1.GetBytes($"{cookie} {dictionary}"));
        string reply = await HearAsync();
        reply.ShouldStartWith($"{cookie} ");
        return reply[(cookie.Length + 1)..];
    }

    public async Task SendAsync(byte[] bytes) => await _socket.SendAsync(bytes);

    /// <summary>The next reply, or what there is of it.</summary>
    public async Task<string> HearAsync()
    {
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        byte[] buffer = new byte[MaxReply];
        int length = await _socket.ReceiveAsync(buffer.AsMemory(), deadline.Token);
        return Encoding.Latin1.GetString(buffer, 0, length);
    }

    /// <summary>Offers or answers with one line of audio, and returns the port that the other party is told.</summary>
    public async Task<int> DescribeAsync(
        string command, string callId, string from, string? to, IPEndPoint media, string direction = "sendrecv")
    {
        string sdp = $"v=0\r\no=- 1 1 IN IP4 {media.Address}\r\ns=-\r\nc=IN IP4 {media.Address}\r\nt=0 0\r\n"
            + $"m=audio {media.Port} RTP/AVP 0\r\na={direction}\r\n";
        string reply = await AskAsync(
            command, [("call-id", callId), ("from-tag", from), .. to is null ? [] : new[] { ("to-tag", to) }, ("sdp", sdp)]);
        return PortIn(reply);
    }

    /// <summary>The port of the line of audio in the reply to an offer or answer.</summary>
    public static int PortIn(string reply)
    {
        Match line = AudioLine().Match(reply);
        line.Success.ShouldBeTrue(reply);
        return int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static string Text(string text) => string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}");

    [GeneratedRegex("\r\nm=audio ([0-9]+) ")]
    private static partial Regex AudioLine();
}
