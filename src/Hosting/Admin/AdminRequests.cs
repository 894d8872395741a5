using System.Text.Json;
using RtpProxy.Admin;

namespace RtpProxy.Hosting.Admin;

/// <summary>Reads the lines of clients.</summary>
internal static class AdminRequests
{
    private static readonly string AllRequests = string.Join(", ", AdminWords.All);

    /// <summary>What belongs in a member, by its name in a path of the deserializer: <c>$.skip</c>.</summary>
    private static readonly Dictionary<string, string> Expected = new(StringComparer.OrdinalIgnoreCase)
    {
        ["$.id"] = "a whole number",
        ["$.ask"] = $"one of {AllRequests}",
        ["$.callId"] = "text",
        ["$.tag"] = "text",
        ["$.text"] = "text",
        ["$.trouble"] = "true or false",
        ["$.verdict"] = "text",
        ["$.sort"] = "text",
        ["$.skip"] = "a whole number, 0 or more",
        ["$.take"] = "a whole number, 1 to 1000",
        ["$.kinds"] = "a list of texts",
    };

    /// <param name="line">Without its LF.</param>
    /// <returns>The request, or else why there is none.</returns>
    public static (AdminRequest? Request, AdminFault? Fault) Read(ReadOnlySpan<byte> line)
    {
        try
        {
            AdminRequest? request = JsonSerializer.Deserialize(line, AdminJson.Default.AdminRequest);
            return request?.Ask is null ? (null, Malformed) : (request, null);
        }
        catch (JsonException fault)
        {
            return (null, Explain(fault));
        }
    }

    private static AdminFault Explain(JsonException fault)
    {
        string path = fault.Path ?? "$";
        int bracket = path.IndexOf('[', StringComparison.Ordinal);
        string member = bracket < 0 ? path : path[..bracket];
        return Expected.TryGetValue(member, out string? expected)
            ? new AdminFault(FaultCodes.BadValue, $"{member[2..]}: expected {expected}, given once")
            : Malformed;
    }

    private static AdminFault Malformed { get; } =
        new(FaultCodes.Malformed, $"expected one JSON object in a line, with the member ask: one of {AllRequests}");
}
