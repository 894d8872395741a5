using System.Text.Json.Serialization;
using RtpProxy.Ctl.Doctor;

namespace RtpProxy.Ctl.Output;

/// <summary>The shapes that <c>--json</c> prints; generated, so that trimming keeps them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SendResult))]
[JsonSerializable(typeof(CounterResult))]
[JsonSerializable(typeof(SessionResult))]
[JsonSerializable(typeof(SessionDetailResult))]
[JsonSerializable(typeof(VerdictResult))]
[JsonSerializable(typeof(CallResult))]
[JsonSerializable(typeof(Finding))]
[JsonSerializable(typeof(PingResult))]
[JsonSerializable(typeof(UpgradeResult))]
[JsonSerializable(typeof(NodeActivity))]
internal sealed partial class CtlJson : JsonSerializerContext;
