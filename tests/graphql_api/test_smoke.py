import json, pytest
pytestmark = pytest.mark.django_db
def test_x(client):
    from recruitment.organisation.models import Institution
    for i in range(5): Institution.objects.create(slug=f"i{i}", name_da=f"N{i}", cvr_number=f"{i:08}", ministry_name="")
    def q(d, **k):
        r=client.post("/graphql/", json.dumps({"query":d, **k}), content_type="application/json"); print(r.status_code, r.content[:900]); return r
    q("{__typename}")
    r=q("{institutions(first:2){totalCount nodes{id slug name{da en} website} pageInfo{hasNextPage hasPreviousPage endCursor}}}")
    c=r.json()["data"]["institutions"]["pageInfo"]["endCursor"]
    q("query($c:String){institutions(first:2, after:$c){edges{cursor node{id slug name{da en} website}} pageInfo{hasNextPage hasPreviousPage endCursor}}}", variables={"c":c})
    i=r.json()["data"]["institutions"]["nodes"][0]["id"]
    q('query($i:ID!){node(id:$i){id __typename ... on Institution{slug}} nodes(ids:[$i,"x","SW5z"]){id}}', variables={"i":i})
    q("{institutions(first:-1){totalCount}}")
    q("{institutions(orderBy:[{field:SLUG,direction:DESC}],last:2){nodes{slug}}}")
    q("{a:institutions(first:100){nodes{id}} classifications(first:500){nodes{parent{parent{code}}}}}")
    q("query A{__typename} query B{__typename}")
    q("{nope}")
    q("{")
    q('{institutions(filter:{search:"\\u0000"}){totalCount}}')
    q("query($n:Int!){institutions(first:$n){totalCount}}", variables={"n":"x"})
    q("mutation{x}")
    q("query A{__typename}", operationName="C")
    q("{__schema{types{name}}}")
    n=30
    bomb="query{...f0}"+"".join(f" fragment f{k} on Query{{...f{k+1} ...f{k+1}}}" for k in range(n))+f" fragment f{n} on Query{{__typename}}"
    import time; t=time.perf_counter(); q(bomb); print(time.perf_counter()-t)
    for b in (b"null", b"42", b'"x"', b"[]", b"\xff\xfe", "{}".encode("utf-16"), b'{"query":"\\u0000"}', b'{"query":"\\ud800"}', b"["*100000, b"1e999"):
        r=client.post("/graphql/", b, content_type="application/json"); print(b[:10], r.status_code, r.content[:100])
    r=client.get("/graphql/"); print(r.status_code, r.headers)
