using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using RtpProxy.TestKit;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.Ng;

/// <summary>The ng protocol over HTTP and WebSocket (docs/ng.md, over HTTP and WebSocket), through a real watcher to a real daemon.</summary>
public sealed class NgOverHttpTests : IAsyncLifetime
{
    private const string NgType = "application/x-rtpengine-ng";
    private const string Ping = "d7:command4:pinge";
    private const string Pong = "d6:result4:ponge";

    private readonly HttpClient _http = new();
    private NgDaemon _daemon = null!;

    public async ValueTask InitializeAsync()
    {
        _daemon = await NgDaemon.StartAsync();
        _http.BaseAddress = _daemon.Http;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _daemon.DisposeAsync();
    }

    [Theory]
    [InlineData("/ng", NgType, "h1 " + Ping, "h1 " + Pong)]
    [InlineData("/ng", NgType, "h2 {\"command\":\"ping\"}", "h2 {\"result\":\"pong\"}")]
    [InlineData("/ng", NgType + "; charset=utf-8", "h3 nonsense", "h3 d6:result5:error12:error-reason22:Invalid NG data formate")]
    [InlineData("/ng-plain", NgType, Ping, Pong)]
    [InlineData("/ng-plain", "application/json", "{\"command\":\"ping\"}", "{\"result\":\"pong\"}")]
    public async Task A_message_is_answered_in_its_own_form(string path, string type, string body, string expected)
    {
        using HttpResponseMessage response = await PostAsync(path, type, body);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type.Split(';')[0]);
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        (await response.Content.ReadAsStringAsync()).ShouldBe(expected);
    }

    [Theory]
    [InlineData("/ng", "application/json", "h1 {}", HttpStatusCode.NotFound, "not found\n")]
    [InlineData("/ng", NgType, Ping, HttpStatusCode.BadRequest, "error\n")]
    [InlineData("/ng", NgType, " " + Ping, HttpStatusCode.BadRequest, "error\n")]
    [InlineData("/ng", NgType, "", HttpStatusCode.BadRequest, "error\n")]
    [InlineData("/ng", null, "h1 " + Ping, HttpStatusCode.UnsupportedMediaType, "expected Content-Type: application/x-rtpengine-ng\n")]
    [InlineData("/nothing", "application/json", "{}", HttpStatusCode.NotFound, "not found\n")]
    [InlineData("/api/nodes", NgType, "h1 " + Ping, HttpStatusCode.NotFound, "not found\n")]
    public async Task What_is_no_message_is_refused(string path, string? type, string body, HttpStatusCode status, string expected)
    {
        using HttpResponseMessage response = await PostAsync(path, type, body);

        response.StatusCode.ShouldBe(status);
        (await response.Content.ReadAsStringAsync()).ShouldBe(expected);
    }

    [Theory]
    [InlineData("/ng", "application/json")]
    [InlineData("/ng-plain", "text/plain")]
    [InlineData("/nothing", NgType)]
    public async Task A_connection_outlives_a_message_that_is_refused(string path, string type)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Parse(_daemon.Http.Host), _daemon.Http.Port);
        client.ReceiveTimeout = 10_000;
        using StreamReader replies = new(client.GetStream());
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Request(path, type)));
        replies.ReadLine().ShouldBe("HTTP/1.1 404 Not Found");

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Request("/ng-plain", NgType)));

        string? line;
        do
        {
            line = replies.ReadLine().ShouldNotBeNull();
        }
        while (line is not "HTTP/1.1 200 OK");
    }

    [Fact]
    public async Task Nothing_else_is_served_there()
    {
        (await _http.GetStringAsync("/ping")).ShouldBe("pong\n");
        foreach (string path in (string[])["/", "/api/nodes", "/metrics", "/ng"])
        {
            using HttpResponseMessage response = await _http.GetAsync(path);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused()
    {
        using HttpResponseMessage response = await PostAsync("/ng", NgType, "h1 " + new string('x', 70_000));

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("/ng", 65_507)]
    [InlineData("/ng-plain", 65_474)]
    public async Task The_longest_message_is_answered_and_no_longer_one_goes_to_the_relay(string path, int longest)
    {
        string cookie = path == "/ng" ? "h1 " : "";

        (await ReadAsync(await PostAsync(path, NgType, cookie + PingOf(longest - cookie.Length)))).ShouldBe(cookie + Pong);
        using HttpResponseMessage longer = await PostAsync(path, NgType, cookie + PingOf(longest + 1 - cookie.Length));

        longer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await longer.Content.ReadAsStringAsync()).ShouldBe($"a message has at most {longest} bytes\n");
    }

    [Theory]
    [InlineData(1_000, HttpStatusCode.OK)]
    [InlineData(1_001, HttpStatusCode.BadRequest)]
    public async Task A_cookie_that_the_relay_does_not_answer_is_refused_at_once(int length, HttpStatusCode status)
    {
        using HttpResponseMessage response = await PostAsync("/ng", NgType, $"{new string('c', length)} {Ping}");

        response.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task A_web_socket_message_that_the_relay_would_not_answer_holds_no_other_up()
    {
        using ClientWebSocket socket = await OpenAsync("ng.rtpengine.com");
        await socket.SendAsync(Encoding.ASCII.GetBytes($"{new string('c', 1_001)} {Ping}"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        await socket.SendAsync(Encoding.ASCII.GetBytes("c3 " + Ping), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        (await HearAsync(socket)).Reply.ShouldBe("c3 " + Pong);

        using ClientWebSocket plain = await OpenAsync("ng-plain.rtpengine.com");
        await plain.SendAsync(Encoding.ASCII.GetBytes(PingOf(65_475)), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        (await HearAsync(plain)).Result.CloseStatus.ShouldBe(WebSocketCloseStatus.MessageTooBig);
    }

    [Fact]
    public async Task A_call_is_set_up_and_a_repeat_gets_the_reply_that_was_given()
    {
        const string Sdp = "v=0\\r\\no=- 1 1 IN IP4 127.0.0.1\\r\\ns=-\\r\\nc=IN IP4 127.0.0.1\\r\\nt=0 0\\r\\nm=audio 4000 RTP/AVP 0\\r\\n";
        const string Offer = $"{{\"command\":\"offer\",\"call-id\":\"c\",\"from-tag\":\"a\",\"sdp\":\"{Sdp}\"}}";

        string first = await ReadAsync(await PostAsync("/ng", NgType, "cookie " + Offer));
        string again = await ReadAsync(await PostAsync("/ng", NgType, "cookie " + Offer));
        string byDatagram = await AskByDatagramAsync("cookie " + Offer);
        string listed = await ReadAsync(await PostAsync("/ng-plain", "application/json", "{\"command\":\"list\"}"));

        JsonDocument.Parse(first["cookie ".Length..]).RootElement.GetProperty("sdp").GetString()!.ShouldContain("m=audio ");
        again.ShouldBe(first);
        byDatagram.ShouldBe(first);
        listed.ShouldContain("\"calls\":[\"c\"]");
    }

    [Theory]
    [InlineData("ng.rtpengine.com", "c1 " + Ping, "c1 " + Pong)]
    [InlineData("ng-plain.rtpengine.com", "{\"command\":\"ping\"}", "{\"result\":\"pong\"}")]
    public async Task A_web_socket_is_answered_in_binary_frames(string protocol, string message, string expected)
    {
        using ClientWebSocket socket = await OpenAsync(protocol);
        foreach (WebSocketMessageType type in (WebSocketMessageType[])[WebSocketMessageType.Text, WebSocketMessageType.Binary])
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(message), type, endOfMessage: true, CancellationToken.None);

            (WebSocketReceiveResult result, string reply) = await HearAsync(socket);
            result.MessageType.ShouldBe(WebSocketMessageType.Binary);
            reply.ShouldBe(expected);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    [Fact]
    public async Task A_web_socket_message_without_cookie_has_no_reply_and_one_in_pieces_has()
    {
        using ClientWebSocket socket = await OpenAsync("ng.rtpengine.com");
        await socket.SendAsync(Encoding.ASCII.GetBytes(Ping), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        await socket.SendAsync("c2 d7:com"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None);
        await socket.SendAsync("mand4:pinge"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        (await HearAsync(socket)).Reply.ShouldBe("c2 " + Pong);
    }

    [Fact]
    public async Task A_web_socket_message_that_is_too_long_ends_the_connection()
    {
        using ClientWebSocket socket = await OpenAsync("ng.rtpengine.com");
        await socket.SendAsync(new byte[70_000], WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

        (WebSocketReceiveResult result, _) = await HearAsync(socket);
        result.CloseStatus.ShouldBe(WebSocketCloseStatus.MessageTooBig);
    }

    [Fact]
    public async Task A_web_socket_of_another_protocol_is_refused() =>
        await Should.ThrowAsync<WebSocketException>(() => OpenAsync("foo.example"));

    [Fact]
    public async Task Of_a_hundred_and_one_web_sockets_the_last_is_told_that_there_are_too_many_and_the_others_are_answered()
    {
        List<ClientWebSocket> sockets = [];
        try
        {
            while (sockets.Count < 100)
            {
                sockets.Add(await OpenAsync("ng.rtpengine.com"));
            }

            using ClientWebSocket late = new();
            late.Options.AddSubProtocol("ng.rtpengine.com");
            late.Options.CollectHttpResponseDetails = true;
            await Should.ThrowAsync<WebSocketException>(() => late.ConnectAsync(SocketAddress(), CancellationToken.None));
            late.HttpStatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

            await sockets[^1].SendAsync(Encoding.ASCII.GetBytes("c4 " + Ping), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            (await HearAsync(sockets[^1])).Reply.ShouldBe("c4 " + Pong);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    [Theory]
    [InlineData("Origin", "https://relay.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    public async Task A_page_of_a_browser_commands_nothing(string header, string value)
    {
        using HttpRequestMessage post = new(HttpMethod.Post, "/ng");
        post.Content = new StringContent("h1 " + Ping, MediaTypeHeaderValue.Parse(NgType));
        post.Headers.Add(header, value);
        using HttpResponseMessage response = await _http.SendAsync(post);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        using ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("ng.rtpengine.com");
        socket.Options.SetRequestHeader(header, value);
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(SocketAddress(), CancellationToken.None));
    }

    [Fact]
    public async Task The_hand_shake_of_Kamailios_client_names_its_own_target_as_origin_without_a_port()
    {
        using ClientWebSocket socket = await ShakeHandsAsync("127.0.0.1", "http://127.0.0.1");
        await socket.SendAsync(Encoding.ASCII.GetBytes("c1 " + Ping), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        (await HearAsync(socket)).Reply.ShouldBe("c1 " + Pong);
    }

    [Theory]
    [InlineData("127.0.0.1:2225", "http://127.0.0.1")] // A page of a server at port 80 of this machine: a browser names the port.
    [InlineData("127.0.0.1:2225", "http://127.0.0.1:2225")]
    [InlineData("127.0.0.1", "http://relay.example")]
    [InlineData("relay.example", "http://relay.example")] // The same name, through a proxy: rebinding.
    public async Task A_hand_shake_as_of_a_page_is_refused_though_it_looks_like_Kamailios(string host, string origin) =>
        await Should.ThrowAsync<WebSocketException>(() => ShakeHandsAsync(host, origin));

    private async Task<ClientWebSocket> ShakeHandsAsync(string host, string origin)
    {
        ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("ng.rtpengine.com");
        socket.Options.SetRequestHeader("Host", host);
        socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(SocketAddress(), CancellationToken.None);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string PingOf(int length)
    {
        int room = length - "d7:command4:ping1:x12345:e".Length;
        return $"d7:command4:ping1:x{room:00000}:{new string('y', room)}e";
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            return await response.Content.ReadAsStringAsync();
        }
    }

    private static async Task<(WebSocketReceiveResult Result, string Reply)> HearAsync(ClientWebSocket socket)
    {
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        byte[] buffer = new byte[65_536];
        WebSocketReceiveResult result = await socket.ReceiveAsync(buffer, deadline.Token);
        result.EndOfMessage.ShouldBeTrue();
        return (result, Encoding.Latin1.GetString(buffer, 0, result.Count));
    }

    private string Request(string path, string type) =>
        $"POST {path} HTTP/1.1\r\nHost: {_daemon.Http.Authority}\r\nContent-Type: {type}\r\nContent-Length: {Ping.Length}\r\n\r\n{Ping}";

    private Task<HttpResponseMessage> PostAsync(string path, string? type, string body)
    {
        ByteArrayContent content = new(Encoding.Latin1.GetBytes(body));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return _http.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    private async Task<string> AskByDatagramAsync(string message)
    {
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        using UdpClient client = new("127.0.0.1", _daemon.UdpPort);
        await client.SendAsync(Encoding.Latin1.GetBytes(message), deadline.Token);
        return Encoding.Latin1.GetString((await client.ReceiveAsync(deadline.Token)).Buffer);
    }

    private async Task<ClientWebSocket> OpenAsync(string protocol)
    {
        ClientWebSocket socket = new();
        socket.Options.AddSubProtocol(protocol);
        try
        {
            await socket.ConnectAsync(SocketAddress(), CancellationToken.None);
            socket.SubProtocol.ShouldBe(protocol);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Uri SocketAddress() => new($"ws://{_http.BaseAddress!.Authority}/whatever");
}
