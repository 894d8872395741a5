using System.Text.Json.Serialization;

namespace RtpProxy.Ctl.Output;

/// <summary>The shapes that <c>--json</c> prints; generated, so that trimming keeps them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SendResult))]
[JsonSerializable(typeof(CounterResult))]
[JsonSerializable(typeof(SessionResult))]
[JsonSerializable(typeof(PingResult))]
[JsonSerializable(typeof(NodeActivity))]
internal sealed partial class CtlJson : JsonSerializerContext;
