// The first call: Call-ID, tags and SDP as a SIP stack has them, a relay, and the SDP to pass on.
//
//   first-call udp:127.0.0.1:22222

using RtpProxy.Controller;
using RtpProxy.Controller.Relays;

await using var relays = new RelaySets([RelaySetDefinition.Parse(args.Length > 0 ? args[0] : "udp:127.0.0.1:22222")]);
var media = new RtpProxyController(relays);

// An INVITE comes in: its Call-ID, its From tag, its SDP. What goes on to the other party has the relay's address in it.
string offered = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0 8\r\n";
var call = new MediaCall("call-1@example.com", "tag-of-alice");
SdpResult offer = await media.OfferAsync(call, offered);
Console.WriteLine(offer.IsDone ? offer.Sdp : $"answer {offer.Refusal?.Status} {offer.Refusal?.Phrase}: {offer.Reason}");

// The 200 comes back, with a To tag.
call = call with { ToTag = "tag-of-bob" };
SdpResult answer = await media.AnswerAsync(call, offered.Replace("40000", "50000", StringComparison.Ordinal));
Console.WriteLine(answer.IsDone ? answer.Sdp : answer.Reason);

// BYE.
CallResult end = await media.DeleteAsync(call);
return offer.IsDone && answer.IsDone && end.IsDone ? 0 : 1;
