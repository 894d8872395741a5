using System.Text.Json;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>Reads configuration files.</summary>
internal static class EdgeConfiguration
{
    private const string UnknownMember = "could not be mapped to any .NET member";
    private const string DuplicateMember = "Duplicate property";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF]; // Some editors begin UTF-8 with it.

    /// <exception cref="ConfigurationException">The file cannot be read or does not say what it should.</exception>
    public static EdgeSettings Load(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException("the file", $"cannot be read: {e.Message}", e);
        }

        return Parse(bytes);
    }

    /// <exception cref="ConfigurationException">The text does not say what it should.</exception>
    public static EdgeSettings Parse(ReadOnlySpan<byte> json)
    {
        EdgeFile? file;
        try
        {
            file = JsonSerializer.Deserialize(
                json.StartsWith(ByteOrderMark) ? json[ByteOrderMark.Length..] : json, EdgeFileJson.Default.EdgeFile);
        }
        catch (JsonException e)
        {
            throw Explain(e);
        }

        return SettingsReader.Read(file ?? throw new ConfigurationException("the file", "expected an object in braces"));
    }

    private static ConfigurationException Explain(JsonException e)
    {
        string key = e.Path is { Length: > 2 } path ? path[2..] : "the file";
        string where = e.LineNumber is { } line ? $" (line {line + 1})" : "";
        string problem = e.Message switch
        {
            var message when message.Contains(UnknownMember, StringComparison.Ordinal) =>
                $"unknown key {Quoted(message)}; expected a key of docs/sipedge.md",
            var message when message.Contains(DuplicateMember, StringComparison.Ordinal) =>
                $"{Quoted(message)} stands twice; expected each key once",
            var message when message.Contains("could not be converted", StringComparison.Ordinal) =>
                $"has the wrong type; expected {Expected(e)}",
            _ => "is no JSON here; expected an object in braces with quoted keys",
        };
        return new ConfigurationException(key, problem + where, e);
    }

    private static string Quoted(string message)
    {
        int start = message.IndexOf('\'', StringComparison.Ordinal);
        int end = message.IndexOf('\'', start + 1);
        return end > start ? message[start..(end + 1)] : "";
    }

    // The reader names the type it failed on for objects and lists only; for the rest its cause says what it wanted.
    private static string Expected(JsonException e) => e.InnerException?.Message switch
    {
        { } cause when cause.Contains("as a number", StringComparison.Ordinal) => "a number",
        { } cause when cause.Contains("as a string", StringComparison.Ordinal) => "text in quotes",
        { } => "a whole number",
        null when e.Message.Contains("List`1", StringComparison.Ordinal) => "a list in brackets",
        null => "an object in braces",
    };
}
