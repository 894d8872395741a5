using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Kamailio;

/// <summary>
/// Two telephones that are sockets, calling each other through a SIP proxy message by message. Nobody speaks: what is looked at is
/// which relay's address each is told.
/// </summary>
public sealed class TwoPhones(IPEndPoint proxy) : IDisposable
{
    private readonly Socket _caller = Phone();
    private readonly Socket _callee = Phone();

    public IPAddress Caller => ((IPEndPoint)_caller.LocalEndPoint!).Address;

    public IPAddress Callee => ((IPEndPoint)_callee.LocalEndPoint!).Address;

    public void Dispose()
    {
        _caller.Dispose();
        _callee.Dispose();
    }

    /// <summary>Waits until the proxy answers OPTIONS, and fails if it ends instead.</summary>
    public async Task ProxyAnswersAsync(ChildProcess server)
    {
        await Eventually.TrueAsync(
            async () => server.HasEnded || await IsUpAsync(), () => $"Kamailio does not answer. {server.Tail()}");
        server.HasEnded.ShouldBeFalse(server.Tail());
    }

    /// <summary>A whole call but its end.</summary>
    public async Task<PlacedCall> CallAsync(string name) =>
        await TryCallAsync(name) ?? throw new InvalidOperationException($"the call {name} was refused");

    /// <summary>A whole call but its end; null if the proxy refuses it with 503.</summary>
    public async Task<PlacedCall?> TryCallAsync(string name)
    {
        string callId = $"{name}-{Environment.ProcessId}";
        await SendAsync(_caller, Request("INVITE", callId, 1, "", "", Sdp(_caller)));
        if (await InviteOrRefusalAsync(callId) is not { } invite)
        {
            await SendAsync(_caller, Request("ACK", callId, 1, "", ";tag=refused", null));
            return null;
        }

        await ReplyAsync(invite, "200 OK", Sdp(_callee));
        string ok = await ExpectAsync(_caller, "SIP/2.0 200", callId, 1);
        string route = $"Route: {Field(ok, "Record-Route")}\r\n";
        await SendAsync(_caller, Request("ACK", callId, 1, route, ";tag=callee", null));
        await ExpectAsync(_callee, "ACK", callId, 1);
        AddressIn(ok).ShouldBe(AddressIn(invite));
        return new PlacedCall(callId, AddressIn(invite), route);
    }

    /// <summary>The callee rings; <paramref name="meanwhile"/> happens; it answers. Returns the addresses that callee and caller are told.</summary>
    public async Task<(IPAddress ToCallee, IPAddress ToCaller)> AnswerAfterAsync(string name, Func<IPAddress, Task> meanwhile)
    {
        string callId = $"{name}-{Environment.ProcessId}";
        await SendAsync(_caller, Request("INVITE", callId, 1, "", "", Sdp(_caller)));
        string invite = await ExpectAsync(_callee, "INVITE", callId, 1);
        await meanwhile(AddressIn(invite));
        await ReplyAsync(invite, "200 OK", Sdp(_callee));
        string ok = await ExpectAsync(_caller, "SIP/2.0 200", callId, 1);
        await SendAsync(_caller, Request("ACK", callId, 1, $"Route: {Field(ok, "Record-Route")}\r\n", ";tag=callee", null));
        await ExpectAsync(_callee, "ACK", callId, 1);
        return (AddressIn(invite), AddressIn(ok));
    }

    /// <summary>The caller offers anew within the call; returns the call as it is then.</summary>
    public async Task<PlacedCall> OfferAgainAsync(PlacedCall call)
    {
        (IPAddress toCallee, IPAddress toCaller) = await OfferAgainAnywhereAsync(call);
        toCaller.ShouldBe(toCallee);
        return call with { Relay = toCallee };
    }

    /// <summary>The caller offers anew within the call. Returns the addresses that callee and caller are told.</summary>
    public async Task<(IPAddress ToCallee, IPAddress ToCaller)> OfferAgainAnywhereAsync(PlacedCall call)
    {
        await SendAsync(_caller, Request("INVITE", call.CallId, 2, call.Route, ";tag=callee", Sdp(_caller)));
        string invite = await ExpectAsync(_callee, "INVITE", call.CallId, 2);
        await ReplyAsync(invite, "200 OK", Sdp(_callee));
        string ok = await ExpectAsync(_caller, "SIP/2.0 200", call.CallId, 2);
        await SendAsync(_caller, Request("ACK", call.CallId, 2, call.Route, ";tag=callee", null));
        await ExpectAsync(_callee, "ACK", call.CallId, 2);
        return (AddressIn(invite), AddressIn(ok));
    }

    /// <summary>The caller hangs up, and is told that it has.</summary>
    public async Task HangUpAsync(PlacedCall call)
    {
        await SendAsync(_caller, Request("BYE", call.CallId, 3, call.Route, ";tag=callee", null));
        await ReplyAsync(await ExpectAsync(_callee, "BYE", call.CallId, 3), "200 OK", null);
        await ExpectAsync(_caller, "SIP/2.0 200", call.CallId, 3);
    }

    private async Task<bool> IsUpAsync()
    {
        await SendAsync(_caller, Request("OPTIONS", $"up-{Guid.NewGuid():N}", 1, "", "", null, $"sip:{proxy}"));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        try
        {
            return (await ReceiveAsync(_caller, patience.Token)).StartsWith("SIP/2.0 200", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            return false;
        }
    }

    private async Task<string?> InviteOrRefusalAsync(string callId)
    {
        string? invite = null;
        bool isRefused = false;
        await Eventually.TrueAsync(async () =>
        {
            if (_callee.Available > 0)
            {
                string message = await ReceiveAsync(_callee, TestContext.Current.CancellationToken);
                invite = message.StartsWith("INVITE", StringComparison.Ordinal) && Field(message, "Call-ID") == callId ? message : null;
            }
            else if (_caller.Available > 0)
            {
                string message = await ReceiveAsync(_caller, TestContext.Current.CancellationToken);
                isRefused = message.StartsWith("SIP/2.0 503", StringComparison.Ordinal) && Field(message, "Call-ID") == callId;
            }

            return invite is not null || isRefused;
        });
        return invite;
    }

    private string Request(
        string method, string callId, int number, string route, string toTag, string? sdp, string? uri = null) =>
        $"{method} {uri ?? $"sip:bob@{_callee.LocalEndPoint}"} SIP/2.0\r\n"
        + $"Via: SIP/2.0/UDP {_caller.LocalEndPoint};branch=z9hG4bK{callId}{method}{number}\r\nMax-Forwards: 10\r\n{route}"
        + $"From: <sip:alice@phones.invalid>;tag=caller\r\nTo: <sip:bob@phones.invalid>{toTag}\r\nCall-ID: {callId}\r\nCSeq: {number} {method}\r\n"
        + $"Contact: <sip:alice@{_caller.LocalEndPoint}>\r\n{Body(sdp)}";

    private Task ReplyAsync(string request, string status, string? sdp)
    {
        IEnumerable<string> copied = request.Split("\r\n")
            .Where(line => line.StartsWith("Via:", StringComparison.Ordinal) || line.StartsWith("From:", StringComparison.Ordinal)
                || line.StartsWith("Call-ID:", StringComparison.Ordinal) || line.StartsWith("CSeq:", StringComparison.Ordinal)
                || line.StartsWith("Record-Route:", StringComparison.Ordinal));
        string to = Field(request, "To");
        return SendAsync(
            _callee,
            $"SIP/2.0 {status}\r\n{string.Join("\r\n", copied)}\r\nTo: {to}{(to.Contains("tag=", StringComparison.Ordinal) ? "" : ";tag=callee")}\r\n"
            + $"Contact: <sip:bob@{_callee.LocalEndPoint}>\r\n{Body(sdp)}");
    }

    private async Task SendAsync(Socket from, string message) => await from.SendToAsync(Encoding.Latin1.GetBytes(message), proxy);

    // What is of other transactions was asked for before the proxy was up, or is repeated because the machine is slow.
    private static async Task<string> ExpectAsync(Socket at, string start, string callId, int number)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Eventually.Deadline);
        while (true)
        {
            string message = await ReceiveAsync(at, limit.Token);
            if (Field(message, "Call-ID") != callId || !Field(message, "CSeq").StartsWith($"{number} ", StringComparison.Ordinal))
            {
                continue;
            }

            if (message.StartsWith(start, StringComparison.Ordinal))
            {
                return message;
            }

            // Else provisional responses, and repetitions.
            message.StartsWith("SIP/2.0 4", StringComparison.Ordinal).ShouldBeFalse(message);
            message.StartsWith("SIP/2.0 5", StringComparison.Ordinal).ShouldBeFalse(message);
        }
    }

    private static async Task<string> ReceiveAsync(Socket at, CancellationToken stop)
    {
        byte[] buffer = new byte[8192];
        return Encoding.Latin1.GetString(buffer, 0, await at.ReceiveAsync(buffer, stop));
    }

    private static string Field(string message, string name) =>
        message.Split("\r\n").First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    private static IPAddress AddressIn(string message) =>
        IPAddress.Parse(message.Split("\r\n").First(line => line.StartsWith("c=IN IP4 ", StringComparison.Ordinal))["c=IN IP4 ".Length..]);

    private static string Sdp(Socket phone)
    {
        IPAddress address = ((IPEndPoint)phone.LocalEndPoint!).Address;
        return $"v=0\r\no=- 1 1 IN IP4 {address}\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
    }

    private static string Body(string? sdp) => sdp is null
        ? "Content-Length: 0\r\n\r\n"
        : $"Content-Type: application/sdp\r\nContent-Length: {sdp.Length}\r\n\r\n{sdp}";

    private static Socket Phone()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(Loopback.NextAddress(), 0));
        return socket;
    }
}
