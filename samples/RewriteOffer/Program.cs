using System.Net;
using System.Text;
using RtpProxy.Controller;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Relays;
using RtpProxy.Sip;

// The value of the module's rtpproxy_sock: one relay, or several with weights.
string relay = args.Length > 0 ? args[0] : "udp:127.0.0.1:22222";
await using var relays = new RelaySets([RelaySetDefinition.Parse(relay)]);
var media = new CallMedia(relays);

// A message as it came from the network, and what the program knows beside its text: who sent it, and where it arrived.
string sdp = string.Join("\r\n", "v=0", "o=- 1 1 IN IP4 192.0.2.10", "s=-", "c=IN IP4 192.0.2.10", "t=0 0", "m=audio 40000 RTP/AVP 0 8", "");
string invite = $"INVITE sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK1\r\n"
    + "From: <sip:alice@example.com>;tag=a\r\nTo: <sip:bob@example.com>\r\nCall-ID: call-1\r\nCSeq: 1 INVITE\r\n"
    + $"Content-Type: application/sdp\r\nContent-Length: {sdp.Length}\r\n\r\n{sdp}";
if (!SipMessage.TryParse(Encoding.Latin1.GetBytes(invite), out SipMessage message, out ParseError error))
{
    Console.Error.WriteLine(error);
    return 1;
}

var context = new MessageContext(Source: IPAddress.Parse("192.0.2.10"), Local: IPAddress.Parse("192.0.2.1"));
MediaResult result = await media.ManageAsync(message, context, MediaFlags.Parse("r"));
Console.WriteLine($"{result.Action} {result.Outcome} {result.Relay} {result.Reason}");
Console.WriteLine(Encoding.Latin1.GetString(result.ApplyTo(message)));

// The call is over.
await media.DestroyAsync(message, context);
return result.IsDone ? 0 : 1;
