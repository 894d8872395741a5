using System.Collections.Immutable;
using RtpProxy.Sip.Headers;

namespace RtpProxy.Sip.Bodies;

/// <summary>Splits a multipart body at its boundary lines (RFC 2046 section 5.1.1).</summary>
public static class MultipartBody
{
    /// <summary>Reads the parts between the first boundary and the closing one.</summary>
    /// <param name="text">The message's text.</param>
    /// <param name="body">The place of the body.</param>
    /// <param name="boundary">The boundary without quotes and without leading hyphens.</param>
    /// <param name="parts">The parts in order when true is returned.</param>
    /// <param name="error">The first thing that is wrong when false is returned.</param>
    public static bool TryParse(
        string text, TextSpan body, string boundary, out ImmutableArray<BodyPart> parts, out ParseError error)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(boundary);
        parts = [];
        string delimiter = "--" + boundary;
        if (!TryFindDelimiter(text, body.Start, body.End, delimiter, out TextSpan line, out bool isLast))
        {
            error = new ParseError(body.Start, "a line with the boundary");
            return false;
        }

        ImmutableArray<BodyPart>.Builder found = ImmutableArray.CreateBuilder<BodyPart>();
        while (!isLast)
        {
            int start = line.End;
            if (!TryFindDelimiter(text, start, body.End, delimiter, out line, out isLast))
            {
                error = new ParseError(body.End, "the closing boundary");
                return false;
            }

            // The line end before a boundary belongs to the boundary.
            int end = line.Start;
            end -= end > start && text[end - 1] == '\n' ? 1 : 0;
            end -= end > start && text[end - 1] == '\r' ? 1 : 0;
            if (!TryParsePart(text, start, Math.Max(start, end), line.Start, out BodyPart? part, out error))
            {
                return false;
            }

            found.Add(part!);
        }

        parts = found.DrainToImmutable();
        error = default;
        return true;
    }

    private static bool TryParsePart(
        string text, int start, int end, int nextLine, out BodyPart? part, out ParseError error)
    {
        part = null;

        // The empty line may be the very one before the boundary, when the content is empty: look up to there.
        if (!HeaderParser.TryParse(text, start, nextLine, out var headers, out int contentStart, out error))
        {
            return false;
        }

        ContentType? type = null;
        foreach (SipHeader header in headers)
        {
            if (header.Kind == HeaderKind.ContentType)
            {
                _ = ContentType.TryParse(text, header.Value, out type, out _);
                break;
            }
        }

        part = new BodyPart(headers, type, TextSpan.FromBounds(contentStart, Math.Max(contentStart, end)));
        return true;
    }

    private static bool TryFindDelimiter(
        string text, int start, int end, string delimiter, out TextSpan line, out bool isLast)
    {
        for (int position = start; position < end;)
        {
            int lineEnd = EndOfLine(text, position, end);
            ReadOnlySpan<char> content = text.AsSpan(position, lineEnd - position).TrimEnd(" \t\r\n");
            bool begins = content.StartsWith(delimiter, StringComparison.Ordinal);
            isLast = begins && content[delimiter.Length..] is "--";
            if (begins && (isLast || content.Length == delimiter.Length))
            {
                line = TextSpan.FromBounds(position, lineEnd);
                return true;
            }

            position = lineEnd;
        }

        line = default;
        isLast = false;
        return false;
    }

    private static int EndOfLine(string text, int start, int end)
    {
        int index = text.AsSpan(start, end - start).IndexOf('\n');
        return index < 0 ? end : start + index + 1;
    }
}
