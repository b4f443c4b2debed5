using Microsoft.AspNetCore.Http.Features;

namespace Plenary.Platform.Files;

/// <summary>Takes uploads in, up to a size.</summary>
public static class RequestBodies
{
    /// <summary>All of it. Refused with <paramref name="tooLarge"/>, after at most a byte too many.</summary>
    public static async Task<byte[]> ReadAll(HttpContext http, long most, Refusal tooLarge)
    {
        using var body = new MemoryStream();
        await CopyTo(http, body, most, tooLarge);
        return body.ToArray();
    }

    /// <summary>Copies it to a stream that begins empty. Refused as above.</summary>
    public static async Task CopyTo(HttpContext http, Stream target, long most, Refusal tooLarge)
    {
        if (http.Request.ContentLength > most) tooLarge.Throw();
        // Whoever does not say how much is coming is cut off by the server a byte later.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = most + 1;
        try
        {
            await http.Request.Body.CopyToAsync(target, http.RequestAborted);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            tooLarge.Throw();
        }
        if (target.Length > most) tooLarge.Throw();
    }
}
