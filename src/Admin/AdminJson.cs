using System.Text.Json;
using System.Text.Json.Serialization;

namespace RtpProxy.Admin;

/// <summary>The lines of the admin socket as JSON: one object a line, UTF-8, names in camel case, what is null left out.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AdminRequest))]
[JsonSerializable(typeof(AdminReply))]
public sealed partial class AdminJson : JsonSerializerContext;
