using Microsoft.AspNetCore.Http;
using RtpProxy.Watch.Live;

namespace RtpProxy.Watch.Http;

/// <summary>Writes short answers whole.</summary>
internal static class Responses
{
    public static Task WriteAsync(HttpContext context, Answer answer) =>
        WriteAsync(context, answer.Status, "application/json", answer.Json);

    public static async Task WriteAsync(HttpContext context, int status, string type, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
