using System.Text;

namespace RtpProxy.EndToEnd.Sipp;

/// <summary>
/// A SIPp scenario, written step by step: what one phone sends and expects. Besides SIP it speaks with the test over SIPp's
/// twin socket: <see cref="Report"/> tells the test that a point is reached, <see cref="PauseAt"/> also stops until the
/// test says to go on. So no step lasts for a length of time, and media flows exactly when the call is in the state meant.
/// </summary>
public sealed class SippScript
{
    // Milliseconds. Nothing is lost here, but on a busy machine an ACK takes more than the 500 of T1, and SIPp takes a 200
    // that comes again for the answer to its next request.
    private const int Retransmission = 5_000;

    private readonly Dialog _dialog;
    private readonly string _me;
    private readonly string _from;
    private readonly string _to;
    private readonly string _localTag;
    private readonly StringBuilder _steps = new();
    private int _sequence;
    private bool _keepsVias;

    private SippScript(Dialog dialog, bool isCaller)
    {
        const string Host = "phones.invalid";
        string caller = $"<sip:caller@{Host}>;tag={dialog.CallerTag}";
        string callee = $"<sip:callee@{Host}>;tag={dialog.CalleeTag}";
        _dialog = dialog;
        (_me, _from, _to, _localTag) = isCaller
            ? ("caller", caller, callee, dialog.CallerTag)
            : ("callee", callee, caller, dialog.CalleeTag);
    }

    /// <summary>The phone that sends the first INVITE.</summary>
    public static SippScript Caller(Dialog dialog) => new(dialog, isCaller: true);

    /// <summary>The phone that receives it.</summary>
    public static SippScript Callee(Dialog dialog) => new(dialog, isCaller: false);

    /// <summary>Sends the first INVITE, with an offer or (null) without.</summary>
    public SippScript Invite(string? sdp)
    {
        _sequence++;
        return Request("INVITE", "sip:callee@[target]", routed: false, "<sip:callee@phones.invalid>", sdp);
    }

    /// <summary>Sends an INVITE inside the dialog.</summary>
    public SippScript Reinvite(string sdp)
    {
        _sequence++;
        return Request("INVITE", "[next_url]", routed: true, _to, sdp);
    }

    public SippScript Ack(string? sdp = null) => Request("ACK", "[next_url]", routed: true, _to, sdp);

    public SippScript Bye()
    {
        _sequence++;
        return Request("BYE", "[next_url]", routed: true, _to, null).ReceiveResponse(200);
    }

    /// <summary>Cancels the first INVITE: same branch, same URI, no routes (RFC 3261 section 9.1).</summary>
    public SippScript Cancel() =>
        Request("CANCEL", "sip:callee@[target]", routed: false, "<sip:callee@phones.invalid>", null).ReceiveResponse(200);

    /// <summary>The ACK of a refusal belongs to the transaction of its INVITE: same branch, same URI (section 17.1.1.3).</summary>
    public SippScript AckRefusal() => Request("ACK", "sip:callee@[target]", routed: false, _to, null, ofInvite: true);

    /// <summary>Expects a response; provisional ones before it are allowed.</summary>
    public SippScript ReceiveResponse(int status)
    {
        foreach (int provisional in (int[])[100, 180, 183])
        {
            if (provisional < status)
            {
                Step($"<recv response=\"{provisional}\" optional=\"true\"/>");
            }
        }

        // rrs: the routes and the Contact of this message are those of the dialog from now on. SIPp keeps the first, and who rings is
        // not always who answers.
        return Step($"<recv response=\"{status}\"{(status >= 200 ? " rrs=\"true\"" : "")}/>");
    }

    /// <summary>Expects the first INVITE or one inside the dialog.</summary>
    /// <param name="keepVias">Keep its Via lines for <see cref="RefuseCancelled"/>.</param>
    public SippScript ReceiveInvite(bool keepVias = false)
    {
        _keepsVias |= keepVias;
        return Step(!keepVias
            ? "<recv request=\"INVITE\" rrs=\"true\"/>"
            : """
            <recv request="INVITE" rrs="true"><action>
              <ereg regexp=".*" search_in="hdr" header="Via:" occurrence="1" assign_to="via1"/>
              <ereg regexp=".*" search_in="hdr" header="Via:" occurrence="2" assign_to="via2"/>
            </action></recv>
            """);
    }

    public SippScript ReceiveRequest(string method) => Step($"<recv request=\"{method}\"/>");

    public SippScript Ring() => Respond("180 Ringing", tag: true, null);

    /// <summary>Sends early media's 183.</summary>
    public SippScript Progress(string sdp) => Respond("183 Session Progress", tag: true, sdp);

    /// <summary>Accepts the first INVITE.</summary>
    public SippScript Answer(string sdp) => Respond("200 OK", tag: true, sdp, retransmit: true);

    /// <summary>Accepts an INVITE inside the dialog, whose To header has the tag already.</summary>
    public SippScript AnswerAgain(string sdp) => Respond("200 OK", tag: false, sdp, retransmit: true);

    /// <summary>Refuses a request within the dialog.</summary>
    public SippScript RefuseAgain(string status) => Respond(status, tag: false, null, retransmit: true);

    public SippScript Refuse(string status) => Respond(status, tag: true, null, retransmit: true);

    /// <summary>Confirms a BYE, or a CANCEL.</summary>
    public SippScript Confirm() => Respond("200 OK", tag: false, null);

    /// <summary>The 487 of a cancelled INVITE, whose Via lines are not those of the CANCEL that came last.</summary>
    public SippScript RefuseCancelled() =>
        Send(retransmit: true, $"""
            SIP/2.0 487 Request Terminated
            Via:[$via1]
            Via:[$via2]
            [last_From:]
            [last_To:];tag={_localTag}
            [last_Call-ID:]
            CSeq: 1 INVITE
            Content-Length: 0
            """);

    /// <summary>Sends the packets of a capture of SIPp's own, by name, from the phone's media port, at the pace they had.</summary>
    public SippScript PlayCapture(string name) => Play($"play_pcap_audio=\"/usr/share/sip-tester/{name}.pcap\"");

    /// <summary>Presses keys as SIPp does it itself (RFC 4733), in packets of payload type 96.</summary>
    public SippScript PressKeys(string digits) => Play($"play_dtmf=\"{digits}\"");

    /// <summary>Tells the test that this point is reached, with the message received last.</summary>
    public SippScript Report(string point) =>
        Step($"""
            <sendCmd><![CDATA[
            Call-ID: [call_id]
            Point: {point}

            [last_message]
            ]]></sendCmd>
            """);

    /// <summary>Reports this point and waits until the test says to go on.</summary>
    public SippScript PauseAt(string point) => Report(point).Step("<recvCmd/>");

    /// <summary>The scenario as SIPp reads it.</summary>
    public string ToXml() =>
        $"""
        <?xml version="1.0" encoding="ISO-8859-1" ?>
        <scenario name="{_me}">
        {_steps}</scenario>

        """;

    private SippScript Request(
        string method, string uri, bool routed, string to, string? sdp, bool ofInvite = false)
    {
        // The ACK of a 2xx is a transaction of its own, that of a refusal and a CANCEL are not.
        string transaction = method is "CANCEL" || ofInvite ? "INVITE" : method;
        bool forks = method == "INVITE" && !routed && _dialog.RingsAlso is not null;
        return Send(retransmit: method != "ACK", $"""
            {method} {uri} SIP/2.0
            Via: SIP/2.0/UDP [local_ip]:[local_port];branch=z9hG4bK-{_localTag}-{transaction}-{_sequence}
            From: {_from}
            To: {to}
            Call-ID: [call_id]
            CSeq: {_sequence} {method}
            Contact: <sip:{_me}@[local_ip]:[local_port]>
            Max-Forwards: 70
            {(routed ? "[routes]\n" : "")}{(!routed && _dialog.NamesRoute ? "Route: <sip:[target];lr>\n" : "")}{(forks ? $"X-Rings-Also: sip:callee@{_dialog.RingsAlso}\n" : "")}{Content(sdp)}
            """);
    }

    private SippScript Respond(string status, bool tag, string? sdp, bool retransmit = false) =>
        Send(retransmit, $"""
            SIP/2.0 {status}
            [last_Via:]
            [last_From:]
            [last_To:]{(tag ? ";tag=" + _localTag : "")}
            [last_Call-ID:]
            [last_CSeq:]
            [last_Record-Route:]
            Contact: <sip:{_me}@[local_ip]:[local_port]>
            {Content(sdp)}
            """);

    private SippScript Play(string what) => Step($"<nop><action><exec {what}/></action></nop>");

    private static string Content(string? sdp) =>
        sdp is null ? "Content-Length: 0\n" : $"Content-Type: application/sdp\nContent-Length: [len]\n\n{sdp}";

    private SippScript Send(bool retransmit, string message) =>
        Step($"""
            <send{(retransmit ? $" retrans=\"{Retransmission}\"" : "")}><![CDATA[

            {message}
            ]]></send>
            """);

    private SippScript Step(string step)
    {
        _steps.Append(step).Append('\n');
        return this;
    }
}
