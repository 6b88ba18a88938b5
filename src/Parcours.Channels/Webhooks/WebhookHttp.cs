using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parcours.Channels.Webhooks;

/// <summary>The line to receivers: a name is looked up once, judged, and connected to as judged, so that no second look-up leads elsewhere; nothing is followed.</summary>
sealed class WebhookHttp : IDisposable
{
    readonly HttpMessageInvoker _http;
    readonly bool _takesInner;

    public WebhookHttp(WebhookSettings settings)
    {
        _takesInner = settings.PrivateAddresses;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = settings.Timeout,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxConnectionsPerServer = WebhookSettings.AtOnceToHost,
            MaxResponseHeadersLength = 32,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ConnectCallback = ConnectAsync,
        });
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _http.SendAsync(request, cancellationToken);

    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var addresses = _takesInner ? found : [.. found.Where(OuterAddresses.IsOuter)];
        if (addresses.Length == 0)
            throw new InnerAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _http.Dispose();
}

#pragma warning disable CA1032, CA1064 // Not for others to make or to catch.
/// <summary>The name leads into the own network.</summary>
sealed class InnerAddressException : Exception;
#pragma warning restore CA1032, CA1064
