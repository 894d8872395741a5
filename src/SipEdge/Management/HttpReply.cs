using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RtpProxy.SipEdge.Management;

/// <summary>A reply of the management interface: a status and JSON.</summary>
/// <param name="Allow">The methods that are served, beside status 405; null beside others.</param>
internal sealed record HttpReply(int Status, byte[] Json, string? Allow = null)
{
    public static HttpReply Of<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static HttpReply Error(int status, string error) =>
        Of(status, new ErrorView(error), ManagementJson.Default.ErrorView);

    public byte[] ToBytes()
    {
        string allow = Allow is null ? "" : $"Allow: {Allow}\r\n";
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {Status} {ReasonOf(Status)}\r\nContent-Type: application/json\r\nContent-Length: {Json.Length + 1}\r\nCache-Control: no-store\r\n{allow}Connection: close\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. Json, (byte)'\n'];
    }

    private static string ReasonOf(int status) => status switch
    {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        415 => "Unsupported Media Type",
        _ => "Service Unavailable",
    };
}
