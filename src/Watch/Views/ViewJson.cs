using System.Text.Json;
using System.Text.Json.Serialization;

namespace RtpProxy.Watch.Views;

/// <summary>What clients are told, as JSON: names in camel case, what is null left out, everything but plain ASCII escaped.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NodesView))]
[JsonSerializable(typeof(SessionListView))]
[JsonSerializable(typeof(CallView))]
[JsonSerializable(typeof(NodeEvent))]
[JsonSerializable(typeof(ReadinessView))]
[JsonSerializable(typeof(ProblemView))]
internal sealed partial class ViewJson : JsonSerializerContext;
