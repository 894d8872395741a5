using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using RtpProxy.TestKit;

namespace RtpProxy.Packages.Tests.Calls;

/// <summary>The signalling of two telephones in the network of a system, through a SIP proxy there: one call, set up, changed and ended.</summary>
/// <param name="mediaPorts">Of the caller and of the callee, at 127.0.0.1.</param>
internal sealed partial class SipPhones(int systemProcess, IPEndPoint proxy, string callId, (int Caller, int Callee) mediaPorts) : IDisposable
{
    private readonly Socket _caller = SocketIn(systemProcess);
    private readonly Socket _callee = SocketIn(systemProcess);
    private string _route = "";
    private string _toTag = "";
    private int _number;

    /// <summary>Waits until the proxy answers OPTIONS.</summary>
    public static Task ProxyAnswersAsync(int systemProcess, IPEndPoint proxy, Func<string> otherwise) => Eventually.TrueAsync(
        async () =>
        {
            using SipPhones phones = new(systemProcess, proxy, $"up-{Guid.NewGuid():N}", (0, 0));
            await phones.SendAsync(phones._caller, phones.Request("OPTIONS", null, $"sip:{proxy}"));
            using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(200));
            try
            {
                return (await ReceiveAsync(phones._caller, patience.Token)).StartsWith("SIP/2.0 200", StringComparison.Ordinal);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                return false;
            }
        },
        otherwise);

    /// <summary>An INVITE, its answer and ACK: the first, or one within the call.</summary>
    /// <returns>The ports that the parties are told.</returns>
    public async Task<(int ForCaller, int ForCallee)> InviteAsync()
    {
        await SendAsync(_caller, Request("INVITE", Sdp(mediaPorts.Caller)));
        string invite = await ExpectAsync(_callee, "INVITE");
        await AcceptAsync(invite, Sdp(mediaPorts.Callee));
        string ok = await ExpectAsync(_caller, "SIP/2.0 200");
        if (_route.Length == 0)
        {
            _route = $"Route: {Field(ok, "Record-Route")}\r\n";
            _toTag = ";tag=callee";
        }

        await SendAsync(_caller, Request("ACK", null));
        await ExpectAsync(_callee, "ACK");
        return (PortIn(ok), PortIn(invite));
    }

    /// <summary>The caller hangs up.</summary>
    public async Task HangUpAsync()
    {
        await SendAsync(_caller, Request("BYE", null));
        await AcceptAsync(await ExpectAsync(_callee, "BYE"), null);
        await ExpectAsync(_caller, "SIP/2.0 200");
    }

    public void Dispose()
    {
        _caller.Dispose();
        _callee.Dispose();
    }

    private string Request(string method, string? sdp, string? uri = null)
    {
        _number += method == "ACK" ? 0 : 1;
        return $"{method} {uri ?? $"sip:bob@{_callee.LocalEndPoint}"} SIP/2.0\r\n"
            + $"Via: SIP/2.0/UDP {_caller.LocalEndPoint};branch=z9hG4bK{callId}{method}{_number}\r\nMax-Forwards: 10\r\n{_route}"
            + $"From: <sip:alice@phones.invalid>;tag=caller\r\nTo: <sip:bob@phones.invalid>{_toTag}\r\nCall-ID: {callId}\r\n"
            + $"CSeq: {_number} {method}\r\nContact: <sip:alice@{_caller.LocalEndPoint}>\r\n{Body(sdp)}";
    }

    private Task AcceptAsync(string request, string? sdp)
    {
        IEnumerable<string> copied = request.Split("\r\n").Where(line => Copied().IsMatch(line));
        string to = Field(request, "To");
        return SendAsync(
            _callee,
            $"SIP/2.0 200 OK\r\n{string.Join("\r\n", copied)}\r\nTo: {to}{(to.Contains("tag=", StringComparison.Ordinal) ? "" : ";tag=callee")}\r\n"
            + $"Contact: <sip:bob@{_callee.LocalEndPoint}>\r\n{Body(sdp)}");
    }

    private async Task SendAsync(Socket from, string message) => await from.SendToAsync(Encoding.Latin1.GetBytes(message), proxy);

    // Provisional responses, and what is repeated because the machine is slow, also of requests before, are passed over.
    private async Task<string> ExpectAsync(Socket at, string start)
    {
        using CancellationTokenSource limit = new(Eventually.Deadline);
        string message;
        bool isOfNow;
        do
        {
            message = await ReceiveAsync(at, limit.Token);
            isOfNow = Field(message, "CSeq").StartsWith(string.Create(CultureInfo.InvariantCulture, $"{_number} "), StringComparison.Ordinal);
            if (isOfNow)
            {
                message.ShouldNotStartWith("SIP/2.0 4");
                message.ShouldNotStartWith("SIP/2.0 5");
            }
        }
        while (!isOfNow || !message.StartsWith(start, StringComparison.Ordinal));
        return message;
    }

    private static async Task<string> ReceiveAsync(Socket at, CancellationToken stop)
    {
        byte[] buffer = new byte[8_192];
        return Encoding.Latin1.GetString(buffer, 0, await at.ReceiveAsync(buffer, stop));
    }

    private static string Field(string message, string name) =>
        message.Split("\r\n").First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    private static int PortIn(string message) => int.Parse(MediaPort().Match(message).Groups[1].Value, CultureInfo.InvariantCulture);

    private static string Sdp(int port) =>
        $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 0\r\n";

    private static string Body(string? sdp) => sdp is null
        ? "Content-Length: 0\r\n\r\n"
        : $"Content-Type: application/sdp\r\nContent-Length: {sdp.Length}\r\n\r\n{sdp}";

    private static Socket SocketIn(int systemProcess) => NetworkOf.Process(systemProcess, () =>
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    });

    [GeneratedRegex("^(Via|From|Call-ID|CSeq|Record-Route):")]
    private static partial Regex Copied();

    [GeneratedRegex("^m=audio ([0-9]+) ", RegexOptions.Multiline)]
    private static partial Regex MediaPort();
}
