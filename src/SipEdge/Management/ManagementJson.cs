using System.Text.Json.Serialization;

namespace RtpProxy.SipEdge.Management;

/// <summary>The shapes of the management interface; generated, so that trimming keeps them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErrorView))]
[JsonSerializable(typeof(EnableView))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(IReadOnlyList<RelayView>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, long>))]
internal sealed partial class ManagementJson : JsonSerializerContext;
