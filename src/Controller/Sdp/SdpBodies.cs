using System.Collections.Immutable;
using RtpProxy.Sip;
using RtpProxy.Sip.Bodies;
using RtpProxy.Sip.Headers;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Sdp;

/// <summary>
/// The session descriptions of a message: the body itself, or the parts of a multipart/mixed body.
/// </summary>
/// <param name="Presence">Whether there are any.</param>
/// <param name="All">
/// At least one when <see cref="SdpPresence.Present"/>, else none; places refer to the message's text.
/// </param>
/// <param name="First">
/// Where the first description stands, or would stand in a body of no declared type, readable or not; null when there is no
/// such place.
/// </param>
/// <param name="Reason">Why there are none; empty when there are.</param>
internal sealed record SdpBodies(
    SdpPresence Presence, ImmutableArray<SdpBody> All, TextSpan? First, string Reason)
{
    /// <summary>Reads all descriptions of a message.</summary>
    public static SdpBodies Find(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.DeclaredLength is not int length || length == 0)
        {
            return Absent("the message has no body, or no Content-Length");
        }

        if (length > message.Rest.Length)
        {
            return Malformed("the body is shorter than Content-Length says");
        }

        if (!message.TryFind(HeaderKind.ContentType, out SipHeader header))
        {
            return Absent("the body has no Content-Type") with { First = message.Body };
        }

        if (!ContentType.TryParse(message.Text, header.Value, out ContentType? type, out _))
        {
            return Absent("the body has no readable Content-Type");
        }

        if (type.Is("application", "sdp"))
        {
            return Parse(message.Text, [message.Body]);
        }

        return type.Is("multipart", "mixed")
            ? FindInParts(message, type)
            : Absent($"the body is {type.Type}/{type.Subtype}, not application/sdp or multipart/mixed");
    }

    /// <summary>Reads a text that is a description and nothing else.</summary>
    public static SdpBodies FindIn(string sdp)
    {
        ArgumentNullException.ThrowIfNull(sdp);
        return sdp.Length == 0 ? Malformed("the session description is empty") : Parse(sdp, [new TextSpan(0, sdp.Length)]);
    }

    private static SdpBodies FindInParts(SipMessage message, ContentType type)
    {
        if (type.Boundary is not { } boundary)
        {
            return Malformed("the multipart body has no boundary");
        }

        if (!MultipartBody.TryParse(message.Text, message.Body, boundary, out var parts, out ParseError error))
        {
            return Malformed($"the multipart body is malformed: {error}");
        }

        TextSpan[] descriptions =
            [.. parts.Where(p => p.ContentType?.Is("application", "sdp") == true).Select(p => p.Content)];
        return descriptions.Length > 0
            ? Parse(message.Text, descriptions)
            : Absent("no part of the multipart body is application/sdp");
    }

    private static SdpBodies Parse(string text, ReadOnlySpan<TextSpan> descriptions)
    {
        ImmutableArray<SdpBody>.Builder found = ImmutableArray.CreateBuilder<SdpBody>(descriptions.Length);
        foreach (TextSpan description in descriptions)
        {
            if (!SdpBody.TryParse(text, description, out SdpBody? body, out ParseError error))
            {
                return Malformed($"the session description is malformed: {error}") with { First = descriptions[0] };
            }

            found.Add(body);
        }

        return new SdpBodies(SdpPresence.Present, found.DrainToImmutable(), descriptions[0], "");
    }

    private static SdpBodies Absent(string reason) => new(SdpPresence.Absent, [], null, reason);

    private static SdpBodies Malformed(string reason) => new(SdpPresence.Malformed, [], null, reason);
}
