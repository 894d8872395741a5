using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Kamailio;

/// <summary><c>samples/kamailio/two-relays.cfg</c> with the real Kamailio: one relay drains, and no call is lost.</summary>
public sealed class DrainingRelays : IAsyncLifetime
{
    private readonly WorkDirectory _directory = new();
    private readonly IPAddress _address = Loopback.NextAddress();
    private readonly Socket _caller = Phone();
    private readonly Socket _callee = Phone();
    private RelayDaemon _first = null!;
    private RelayDaemon _second = null!;
    private ChildProcess _kamailio = null!;
    private IPEndPoint _sip = null!;

    public async ValueTask InitializeAsync()
    {
        _first = await RelayDaemon.StartAsync("first", "udp", _directory);
        _second = await RelayDaemon.StartAsync("second", "udp", _directory);
        _sip = new IPEndPoint(_address, Loopback.FreeUdpPort(_address));
        _kamailio = await ChildProcess.StartAsync(
            "kamailio",
            "kamailio",
            [
                "-DD", "-E", "-f", Path.Combine(AppContext.BaseDirectory, "Kamailio", "two-relays.cfg"),
                "-Y", _directory.CreateDirectory("kamailio"), "-P", _directory["kamailio.pid"], "-m", "32", "-M", "4",
                "-A", $"LISTEN=udp:{_sip}",
                "-A", $"RELAY_1=\"1 == {_first.Socket.Argument}\"",
                "-A", $"RELAY_2=\"2 == {_second.Socket.Argument}\"",
            ],
            _directory);
        await Eventually.TrueAsync(
            async () => _kamailio.HasEnded || await IsUpAsync(),
            () => $"Kamailio does not answer. {_kamailio.Tail()}");
        _kamailio.HasEnded.ShouldBeFalse(_kamailio.Tail());
    }

    public async ValueTask DisposeAsync()
    {
        await _kamailio.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        _caller.Dispose();
        _callee.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task New_calls_go_to_the_other_relay_while_one_drains_and_its_own_calls_end_where_they_began()
    {
        // Calls until each relay has one.
        var calls = new Dictionary<IPAddress, (string CallId, string Route)>();
        for (int i = 0; i < 40 && calls.Count < 2; i++)
        {
            (string callId, IPAddress relay, string route) = await CallAsync($"before-{i}");
            calls.TryAdd(relay, (callId, route));
        }

        calls.Keys.ShouldBe([_first.Address, _second.Address], ignoreOrder: true);
        await _first.SignalAsync("HUP");
        int probes = 0; // a new call each: one that is answered is a session, and stays
        await Eventually.TrueAsync(async () => await _first.AskAsync($"U probe-{probes++} 127.0.0.1 4000 x") == "E99");

        for (int i = 0; i < 20; i++)
        {
            (await CallAsync($"after-{i}")).Relay.ShouldBe(_second.Address);
        }

        // The draining relay's call is re-negotiated and ended on it.
        (string own, string path) = calls[_first.Address];
        (await OfferAsync(own, 2, path, ";tag=callee")).ShouldBe(_first.Address);
        long before = await _first.SummaryAsync("active sessions");
        await SendAsync(_caller, Request("BYE", own, 3, path, ";tag=callee", null));
        await ReplyAsync(await ExpectAsync(_callee, "BYE"), "200 OK", null);
        await ExpectAsync(_caller, "SIP/2.0 200");
        await Eventually.TrueAsync(async () => _first.HasEnded || await _first.SummaryAsync("active sessions") < before);
    }

    // A whole call but its end; the relay is that whose address the callee was told.
    private async Task<(string CallId, IPAddress Relay, string Route)> CallAsync(string name)
    {
        string callId = $"{name}-{Environment.ProcessId}";
        await SendAsync(_caller, Request("INVITE", callId, 1, "", "", Sdp(_caller)));
        string invite = await ExpectAsync(_callee, "INVITE");
        await ReplyAsync(invite, "200 OK", Sdp(_callee));
        string ok = await ExpectAsync(_caller, "SIP/2.0 200");
        string route = $"Route: {Field(ok, "Record-Route")}\r\n";
        await SendAsync(_caller, Request("ACK", callId, 1, route, ";tag=callee", null));
        await ExpectAsync(_callee, "ACK");
        IPAddress relay = AddressIn(invite);
        AddressIn(ok).ShouldBe(relay);
        return (callId, relay, route);
    }

    private async Task<IPAddress> OfferAsync(string callId, int number, string route, string toTag)
    {
        await SendAsync(_caller, Request("INVITE", callId, number, route, toTag, Sdp(_caller)));
        string invite = await ExpectAsync(_callee, "INVITE");
        await ReplyAsync(invite, "200 OK", Sdp(_callee));
        await ExpectAsync(_caller, "SIP/2.0 200");
        await SendAsync(_caller, Request("ACK", callId, number, route, toTag, null));
        await ExpectAsync(_callee, "ACK");
        return AddressIn(invite);
    }

    private async Task<bool> IsUpAsync()
    {
        await SendAsync(_caller, Request("OPTIONS", $"up-{Guid.NewGuid():N}", 1, "", "", null, $"sip:{_sip}"));
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

    private string Request(string method, string callId, int number, string route, string toTag, string? sdp, string? uri = null) =>
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

    private async Task SendAsync(Socket from, string message) => await from.SendToAsync(Encoding.Latin1.GetBytes(message), _sip);

    private static async Task<string> ExpectAsync(Socket at, string start)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            string message = await ReceiveAsync(at, limit.Token);
            if (message.StartsWith(start, StringComparison.Ordinal))
            {
                return message;
            }

            // Provisional responses, and what is repeated because the machine is slow.
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
