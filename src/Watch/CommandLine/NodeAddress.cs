using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace RtpProxy.Watch.CommandLine;

/// <summary>A relay to watch, as the operator names it.</summary>
/// <param name="Name">What it is called on the page and in the label <c>node</c>.</param>
/// <param name="Path">Of its admin socket; null if the connection is inherited.</param>
/// <param name="Descriptor">The inherited connection; -1 if there is a path.</param>
internal sealed record NodeAddress(string Name, string? Path, int Descriptor)
{
    private const int MaxNameLength = 64;
    private const int MaxPathLength = 107; // sockaddr_un, less the final zero
    private const string Expected = "expected [NAME=]unix:PATH or [NAME=]fd:NUMBER";

    /// <summary>The name of a relay on an inherited connection that was given none.</summary>
    private const string LocalName = "local";

    /// <summary>Reads <c>[NAME=]unix:PATH</c> or <c>[NAME=]fd:NUMBER</c>. Without a name it is the path.</summary>
    /// <param name="problem">One sentence, if it cannot be read.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out NodeAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        (string? name, string socket) = SplitName(text);
        if (name is not null && !IsName(name))
        {
            problem = $"'{name}' is no name for a node; expected 1 to {MaxNameLength} letters, digits and '._:/-'";
            return false;
        }

        if (socket.StartsWith("unix:", StringComparison.Ordinal))
        {
            string path = socket["unix:".Length..];
            problem = Encoding.UTF8.GetByteCount(path) is 0 or > MaxPathLength
                ? $"'{path}' is no path of a socket; expected 1 to {MaxPathLength} bytes"
                : null;
            address = new NodeAddress(name ?? path, path, -1);
            return problem is null;
        }

        if (socket.StartsWith("fd:", StringComparison.Ordinal)
            && int.TryParse(socket.AsSpan("fd:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor))
        {
            problem = null;
            address = new NodeAddress(name ?? LocalName, null, descriptor);
            return true;
        }

        problem = $"'{text}' names no relay; {Expected}";
        return false;
    }

    private static (string? Name, string Socket) SplitName(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        bool isNamed = equals >= 0
            && !text.StartsWith("unix:", StringComparison.Ordinal)
            && !text.StartsWith("fd:", StringComparison.Ordinal);
        return isNamed ? (text[..equals], text[(equals + 1)..]) : (null, text);
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || "._:/-".Contains(letter, StringComparison.Ordinal));
}
