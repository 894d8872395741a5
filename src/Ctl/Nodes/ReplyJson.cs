using System.Text.Json;
using System.Text.Json.Serialization;
using RtpProxy.Admin;

namespace RtpProxy.Ctl.Nodes;

/// <summary>The lines of the admin socket as <see cref="AdminJson"/> writes them, read by one who does not trust their writer: no null where none belongs.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AdminReply))]
internal sealed partial class ReplyJson : JsonSerializerContext;
