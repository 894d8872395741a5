using System.Collections.Immutable;
using RtpProxy.Sip;
using RtpProxy.Sip.Bodies;
using RtpProxy.Sip.Headers;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Sdp;

/// <summary>
/// Finds the session descriptions in a message: the body itself, or the parts of a multipart/mixed body.
/// </summary>
public static class SdpBodies
{
    /// <summary>Reads all descriptions of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="bodies">
    /// At least one when <see cref="SdpPresence.Present"/> is returned; places refer to the message's text.
    /// </param>
    /// <param name="reason">Why there are none; empty when there are.</param>
    public static SdpPresence Find(SipMessage message, out ImmutableArray<SdpBody> bodies, out string reason)
    {
        ArgumentNullException.ThrowIfNull(message);
        bodies = [];
        if (message.DeclaredLength is not int length || length == 0)
        {
            reason = "the message has no body, or no Content-Length";
            return SdpPresence.Absent;
        }

        if (length > message.Rest.Length)
        {
            reason = "the body is shorter than Content-Length says";
            return SdpPresence.Malformed;
        }

        if (!message.TryFind(HeaderKind.ContentType, out SipHeader header)
            || !ContentType.TryParse(message.Text, header.Value, out ContentType? type, out _))
        {
            reason = "the body has no readable Content-Type";
            return SdpPresence.Absent;
        }

        if (type.Is("application", "sdp"))
        {
            return Parse(message.Text, [message.Body], out bodies, out reason);
        }

        if (!type.Is("multipart", "mixed"))
        {
            reason = $"the body is {type.Type}/{type.Subtype}, not application/sdp or multipart/mixed";
            return SdpPresence.Absent;
        }

        return FindInParts(message, type, out bodies, out reason);
    }

    private static SdpPresence FindInParts(
        SipMessage message, ContentType type, out ImmutableArray<SdpBody> bodies, out string reason)
    {
        bodies = [];
        if (type.Boundary is not { } boundary)
        {
            reason = "the multipart body has no boundary";
            return SdpPresence.Malformed;
        }

        if (!MultipartBody.TryParse(message.Text, message.Body, boundary, out var parts, out ParseError error))
        {
            reason = $"the multipart body is malformed: {error}";
            return SdpPresence.Malformed;
        }

        TextSpan[] descriptions =
            [.. parts.Where(p => p.ContentType?.Is("application", "sdp") == true).Select(p => p.Content)];
        if (descriptions.Length == 0)
        {
            reason = "no part of the multipart body is application/sdp";
            return SdpPresence.Absent;
        }

        return Parse(message.Text, descriptions, out bodies, out reason);
    }

    private static SdpPresence Parse(
        string text, ReadOnlySpan<TextSpan> descriptions, out ImmutableArray<SdpBody> bodies, out string reason)
    {
        bodies = [];
        ImmutableArray<SdpBody>.Builder found = ImmutableArray.CreateBuilder<SdpBody>(descriptions.Length);
        foreach (TextSpan description in descriptions)
        {
            if (!SdpBody.TryParse(text, description, out SdpBody? body, out ParseError error))
            {
                reason = $"the session description is malformed: {error}";
                return SdpPresence.Malformed;
            }

            found.Add(body);
        }

        bodies = found.DrainToImmutable();
        reason = "";
        return SdpPresence.Present;
    }
}
