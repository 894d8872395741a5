using System.Text.Json;
using System.Text.Json.Serialization;

namespace RtpProxy.Admin;

/// <summary>
/// The lines of the admin socket as <see cref="AdminJson"/> writes them, read by one who does not trust their writer: no null where
/// none belongs. What a line leaves out is null all the same: a reader looks for holes.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AdminReply))]
public sealed partial class ReplyJson : JsonSerializerContext;
