using System.Net;
using RtpProxy.Sip;
using RtpProxy.Sip.Headers;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Writes the messages of one call between two peers through a proxy.</summary>
internal sealed class Dialogue(SipPeer caller, SipPeer callee, IPEndPoint proxy, string callId = "call-1@test")
{
    private int _branch;

    public string CallId => callId;

    public static string Sdp(string address, int port, string direction = "sendrecv") =>
        $"v=0\r\no=u 1 1 IN IP4 {address}\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\nm=audio {port} RTP/AVP 0 8\r\na={direction}\r\n";

    /// <summary>A request of the caller without To tag.</summary>
    public string Initial(string method, string? sdp, string uri = "sip:bob@example.com", string extra = "", string? branch = null, int cseq = 1) =>
        Request(method, uri, "alice", "ft", "bob", "", caller, sdp, extra, branch ?? $"z9hG4bK-i{++_branch}", cseq);

    /// <summary>A request of the caller inside the dialog.</summary>
    public string FromCaller(string method, string? sdp, string extra, int cseq) =>
        Request(method, $"sip:bob@{callee.HostPort}", "alice", "ft", "bob", "tt", caller, sdp, extra, $"z9hG4bK-d{++_branch}", cseq);

    /// <summary>A request of the callee inside the dialog.</summary>
    public string FromCallee(string method, string? sdp, string extra, int cseq) =>
        Request(method, $"sip:alice@{caller.HostPort}", "bob", "tt", "alice", "ft", callee, sdp, extra, $"z9hG4bK-e{++_branch}", cseq);

    /// <summary>The answer to a request as it arrived.</summary>
    public static string Response(SipMessage request, string status, string toTag = "tt", string? sdp = null, string extra = "")
    {
        string text = $"SIP/2.0 {status}\r\n";
        foreach (SipHeader header in request.Headers)
        {
            string line = header.Line.Copy(request.Text);
            text += header.Kind switch
            {
                HeaderKind.To when request.ToTag is null => line.TrimEnd() + $";tag={toTag}\r\n",
                HeaderKind.Via or HeaderKind.From or HeaderKind.To or HeaderKind.CallId or HeaderKind.CSeq or HeaderKind.RecordRoute => line,
                _ => "",
            };
        }

        return text + extra + Body(sdp);
    }

    /// <summary>The Route field that a Record-Route of a message makes, in its own order or reversed.</summary>
    public static string RouteOf(SipMessage message, bool reversed)
    {
        List<string> routes = [.. message.ValuesOf(HeaderKind.RecordRoute).Select(value => value.Copy(message.Text).Trim())];
        if (reversed)
        {
            routes.Reverse();
        }

        return routes.Count == 0 ? "" : $"Route: {string.Join(", ", routes)}\r\n";
    }

    /// <summary>A Record-Route of the proxy without what differs from dialog to dialog.</summary>
    public static string WithoutSeal(NameAddress route) => route.Uri.Split(";seal=")[0];

    public void CallerSends(string text) => caller.Send(text, proxy);

    public void CalleeSends(string text) => callee.Send(text, proxy);

    private string Request(
        string method, string uri, string from, string fromTag, string to, string toTag, SipPeer sender, string? sdp, string extra, string branch, int cseq) =>
        $"{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {sender.HostPort};branch={branch};rport\r\nMax-Forwards: 70\r\n"
        + $"From: <sip:{from}@example.com>;tag={fromTag}\r\nTo: <sip:{to}@example.com>{(toTag.Length > 0 ? ";tag=" + toTag : "")}\r\n"
        + $"Call-ID: {callId}\r\nCSeq: {cseq} {method}\r\nContact: <sip:{from}@{sender.HostPort}>\r\n{extra}{Body(sdp)}";

    private static string Body(string? sdp) =>
        sdp is null ? "Content-Length: 0\r\n\r\n" : $"Content-Type: application/sdp\r\nContent-Length: {sdp.Length}\r\n\r\n{sdp}";
}
