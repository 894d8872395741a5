using System.Collections.Immutable;
using RtpProxy.Sip.Headers;

namespace RtpProxy.Sip.Bodies;

/// <summary>One part of a multipart body (RFC 2046 section 5.1), as places in the message's text.</summary>
/// <param name="Headers">The part's own fields; none is usual.</param>
/// <param name="ContentType">Null when the part does not say, or not readably.</param>
/// <param name="Content">What the part holds, without the line end that belongs to the next boundary.</param>
public sealed record BodyPart(ImmutableArray<SipHeader> Headers, ContentType? ContentType, TextSpan Content);
