// A user agent that answers every call and sends back what it hears, its media behind a relay. What a SIP stack for .NET does (SIPSorcery and
// its like: parse, answer, keep the dialog) is the short part at the end; with one of those the two calls of the controller stand where its
// offer and its answer are strings: before SetRemoteDescription, and after CreateAnswer. (NOT TRIED with SIPSorcery itself: no package of it was
// at hand. This program is, on every change.)
//
//   user-agent udp:127.0.0.1:22222 127.0.0.1:5070

using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Controller;
using RtpProxy.Controller.Relays;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

if (args is not [var relayUrls, var localText] || !IPEndPoint.TryParse(localText, out IPEndPoint? local))
{
    Console.Error.WriteLine("expected: user-agent RELAY LISTEN-ADDRESS:PORT");
    return 2;
}

await using var relays = new RelaySets([RelaySetDefinition.Parse(relayUrls)]);
IRtpProxyController media = new RtpProxyController(relays);
using var sip = new UdpClient(local);
using var rtp = new UdpClient(new IPEndPoint(local.Address, 0)); // one port for all calls: it knows where each packet came from
_ = Task.Run(async () =>
{
    while (true)
    {
        UdpReceiveResult packet = await rtp.ReceiveAsync();
        await rtp.SendAsync(packet.Buffer, packet.RemoteEndPoint);
    }
});
Console.WriteLine($"listening on {sip.Client.LocalEndPoint}");
while (true)
{
    UdpReceiveResult received = await sip.ReceiveAsync();
    if (SipMessage.TryParse(received.Buffer, out SipMessage message, out _) && await AnswerAsync(message, received.RemoteEndPoint) is { } response)
    {
        await sip.SendAsync(Encoding.UTF8.GetBytes(response), received.RemoteEndPoint);
    }
}

async Task<string?> AnswerAsync(SipMessage request, IPEndPoint source)
{
    if (!request.IsRequest || request.CallId is not { } callId || request.FromTag is not { } fromTag)
    {
        return null;
    }

    // The dialog is named by its Call-ID and tags; ours is made of them here, a real one is remembered.
    string ourTag = request.ToTag ?? $"ua-{callId.Length}";
    var call = new MediaCall(callId, fromTag, request.ToTag);
    switch (request.Method)
    {
        case "INVITE":
            // The caller's offer: where we send media to is the relay. Source is where the caller really is, whatever its SDP says.
            SdpResult offer = await media.OfferAsync(call, request.Body.Copy(request.Text), new SdpOptions { Source = source.Address });
            if (!offer.IsDone)
            {
                return Response(request, $"{offer.Refusal?.Status ?? 500} {offer.Refusal?.Phrase ?? "No Media"}", ourTag, "");
            }

            // Our answer: where the caller sends media to is the relay too.
            SdpResult answer = await media.AnswerAsync(call with { ToTag = ourTag }, AnswerTo(offer.Sdp));
            return answer.IsDone ? Response(request, "200 OK", ourTag, answer.Sdp) : Response(request, "500 No Media", ourTag, "");
        case "BYE":
            await media.DeleteAsync(call);
            return Response(request, "200 OK", ourTag, "");
        default:
            return request.Method == "ACK" ? null : Response(request, "501 Not Implemented", ourTag, "");
    }
}

// The first codec of the first medium is good enough for an echo. SetRemoteDescription and CreateAnswer of a real stack.
string AnswerTo(string offer)
{
    string formats = SdpBody.TryParse(offer, out SdpBody? body, out _) ? body.Sessions[0].Media[0].Formats.First() : "0";
    int port = ((IPEndPoint)rtp.Client.LocalEndPoint!).Port;
    return $"v=0\r\no=- 1 1 IN IP4 {local.Address}\r\ns=-\r\nc=IN IP4 {local.Address}\r\nt=0 0\r\nm=audio {port} RTP/AVP {formats}\r\n";
}

// RFC 3261 section 8.2.6.2: what comes back of the request's fields.
string Response(SipMessage request, string status, string tag, string sdp)
{
    var text = new StringBuilder($"SIP/2.0 {status}\r\n");
    foreach (SipHeader field in request.Headers)
    {
        if (field.Kind is HeaderKind.Via or HeaderKind.From or HeaderKind.To or HeaderKind.CallId or HeaderKind.CSeq)
        {
            string line = field.Line.Copy(request.Text).TrimEnd();
            text.Append(line).Append(field.Kind == HeaderKind.To && request.ToTag is null ? $";tag={tag}" : "").Append("\r\n");
        }
    }

    string type = sdp.Length > 0 ? $"Contact: <sip:echo@{local}>\r\nContent-Type: application/sdp\r\n" : "";
    return text.Append(type).Append($"Content-Length: {sdp.Length}\r\n\r\n{sdp}").ToString();
}
