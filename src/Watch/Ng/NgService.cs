using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RtpProxy.Watch.Http;

namespace RtpProxy.Watch.Ng;

/// <summary>
/// The ng protocol over HTTP and WebSocket (docs/ng.md, over HTTP and WebSocket): every message goes to the relay's own ng socket, and its
/// reply back. Programs only: whatever a browser sends on behalf of a page is refused.
/// </summary>
/// <param name="gate">Null where everybody who gets here may command.</param>
internal sealed class NgService(NgRelay relay, TokenGate? gate)
{
    private const string CookiePath = "/ng";
    private const string PlainPath = "/ng-plain";
    private const string NgType = "application/x-rtpengine-ng";
    private const string JsonType = "application/json";
    private const string WithCookies = "ng.rtpengine.com";
    private const string WithoutCookies = "ng-plain.rtpengine.com";

    // What a page of a browser cannot leave out, nor write itself: one of them, or Origin, stands in every POST and in every hand-shake.
    private static readonly string[] OfBrowsers = ["Sec-Fetch-Site", "Sec-Fetch-Mode"];

    public async Task ServeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (HttpMethods.IsPost(request.Method))
        {
            // Also of what is refused unread: a body that is too long ends the connection, and with it the message behind it.
            context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize =
                NgMessage.LongestSent(hasCookie: request.Path != PlainPath);
        }

        if (OfBrowsers.Any(request.Headers.ContainsKey) || (request.Headers.ContainsKey("Origin") && !IsOfKamailio(context)))
        {
            await SayAsync(context, StatusCodes.Status403Forbidden, "a page of a browser may not command a relay");
        }
        else if (gate is not null && !gate.AdmitsProgram(request))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await SayAsync(context, StatusCodes.Status401Unauthorized, "say the token: Authorization: Bearer TOKEN");
        }
        else if (context.WebSockets.IsWebSocketRequest)
        {
            await ServeSocketAsync(context);
        }
        else if (HttpMethods.IsPost(request.Method) && request.Path.Value is CookiePath or PlainPath)
        {
            await ServePostAsync(context, hasCookie: request.Path == CookiePath);
        }
        else if (HttpMethods.IsGet(request.Method) && request.Path == "/ping")
        {
            await SayAsync(context, StatusCodes.Status200OK, "pong");
        }
        else
        {
            await SayAsync(context, StatusCodes.Status404NotFound, "not found");
        }
    }

    // The client of Kamailio's ws: (module lwsc, libwebsockets) says as Origin where it connects to, and there as in Host no port. A
    // browser names every port in Host that is not the scheme's own; and where a proxy took that away, a site that made its name
    // mean our address (DNS rebinding) has a name there.
    private static bool IsOfKamailio(HttpContext context)
    {
        HostString host = context.Request.Host;
        return context.WebSockets.IsWebSocketRequest
            && host.Port is null && context.Connection.LocalPort is not (80 or 443)
            && (IPAddress.TryParse(host.Host, out _) || host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            && context.Request.Headers.Origin.ToString() == $"http://{host.Value}";
    }

    private async Task ServePostAsync(HttpContext context, bool hasCookie)
    {
        string? type = context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (type is null)
        {
            await SayAsync(context, StatusCodes.Status415UnsupportedMediaType, "expected Content-Type: " + NgType);
        }
        else if (type != NgType && (hasCookie || type != JsonType))
        {
            await SayAsync(context, StatusCodes.Status404NotFound, "not found");
        }
        else if (await ReadBodyAsync(context) is not { } body)
        {
            await SayAsync(context, StatusCodes.Status413PayloadTooLarge, TooLong(hasCookie));
        }
        else if ((hasCookie ? NgMessage.WithCookie(body) : NgMessage.Plain(body)) is not { } message)
        {
            await SayAsync(context, StatusCodes.Status400BadRequest, "error");
        }
        else if (await relay.AskAsync(message.Bytes, message.Cookie, context.RequestAborted) is not { } reply)
        {
            await SayAsync(context, StatusCodes.Status504GatewayTimeout, "the relay does not answer");
        }
        else
        {
            await Responses.WriteAsync(context, StatusCodes.Status200OK, type, message.Back(reply));
        }
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpContext context)
    {
        try
        {
            using MemoryStream body = new();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            return body.ToArray();
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    private async Task ServeSocketAsync(HttpContext context)
    {
        string? protocol = context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(asked => asked is WithCookies or WithoutCookies);
        if (protocol is null)
        {
            await SayAsync(context, StatusCodes.Status400BadRequest, $"expected Sec-WebSocket-Protocol: {WithCookies} or {WithoutCookies}");
            return;
        }

        if (await AcceptAsync(context, protocol) is not { } accepted)
        {
            await SayAsync(context, StatusCodes.Status503ServiceUnavailable, "too many WebSockets");
            return;
        }

        using WebSocket socket = accepted;
        try
        {
            await AnswerAsync(socket, hasCookie: protocol == WithCookies, context.RequestAborted);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client has gone.
        }
    }

    /// <summary>Null where there are as many as there may be.</summary>
    private static async Task<WebSocket?> AcceptAsync(HttpContext context, string protocol)
    {
        try
        {
            return await context.WebSockets.AcceptWebSocketAsync(protocol);
        }
        catch (InvalidOperationException) when (!context.Response.HasStarted)
        {
            context.Response.Clear(); // of what says yes
            return null;
        }
    }

    // One message after the other: the replies have their order, and whoever does not read them is not read either.
    private async Task AnswerAsync(WebSocket socket, bool hasCookie, CancellationToken stop)
    {
        byte[] buffer = new byte[NgMessage.LongestSent(hasCookie)];
        while (true)
        {
            int length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                if (length == buffer.Length)
                {
                    await socket.CloseAsync(WebSocketCloseStatus.MessageTooBig, TooLong(hasCookie), stop);
                    return;
                }

                part = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
                length += part.Count;
            }
            while (!part.EndOfMessage);

            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, stop);
                return;
            }

            byte[] received = buffer[..length];
            if ((hasCookie ? NgMessage.WithCookie(received) : NgMessage.Plain(received)) is { } message
                && await relay.AskAsync(message.Bytes, message.Cookie, stop) is { } reply)
            {
                await socket.SendAsync(message.Back(reply), WebSocketMessageType.Binary, endOfMessage: true, stop);
            }
        }
    }

    private static string TooLong(bool hasCookie) => $"a message has at most {NgMessage.LongestSent(hasCookie)} bytes";

    private static Task SayAsync(HttpContext context, int status, string text) =>
        Responses.WriteAsync(context, status, "text/plain", Encoding.ASCII.GetBytes(text + "\n"));
}
