"""All seven operations with zeep, in its strict mode; every message against the schemas."""

import sys

import requests
import zeep
from lxml import etree

folder, url = sys.argv[1:]
PATHS = {
    'EtatVentes': 'allotementWS-CXF/services/V09_43',
    'Contingentement': 'allotementWS-CXF/services/V09_43',
    'PrepareCtrlAcces': 'ctrlAccesWS-CXF/services/V09_11',
    'GetCtrlAcces': 'ctrlAccesWS-CXF/services/V09_11',
}
SOAP = '{http://schemas.xmlsoap.org/soap/envelope/}'
XS = '{http://www.w3.org/2001/XMLSchema}'


class Validate(zeep.Plugin):
    """zeep reads leniently what it was sent: libxml2 reads it by the letter."""

    def __init__(self, schema):
        self.schema = schema
        self.count = 0

    def check(self, envelope):
        body = envelope.find(f'{SOAP}Body')[0]
        typed = body.find('detail')[0] if body.tag == f'{SOAP}Fault' else body
        self.schema.assertValid(etree.fromstring(etree.tostring(typed)))
        self.count += 1

    def egress(self, envelope, headers, operation, options):
        self.check(envelope)
        return envelope, headers

    def ingress(self, envelope, headers, operation):
        self.check(envelope)
        return envelope, headers


validators = []


def port(name):
    session = requests.Session()
    session.auth = ('venue', 'secret')
    file = f'{folder}/{name}.wsdl'
    own = etree.parse(file, base_url=file).find(f'.//{XS}schema')
    schema = etree.fromstring(etree.tostring(own), base_url=file)
    validators.append(Validate(etree.XMLSchema(schema)))
    client = zeep.Client(
        file,
        transport=zeep.Transport(session=session),
        settings=zeep.Settings(strict=True),
        plugins=[validators[-1]],
    )
    (binding,) = client.wsdl.bindings
    return client.create_service(binding, f'{url}/{PATHS[name]}/{name}')


sales, stock = port('EtatVentes'), port('Contingentement')
prepare, fetch = port('PrepareCtrlAcces'), port('GetCtrlAcces')
me = {'codeGestionnaire': 'STRICT'}
where = {**me, 'manifestation': 'E', 'dateSeance': '2027-03-05T20:00:00'}
lines = {
    'placeNumerotee': [{'cle': 1, 'bloc': '', 'rang': 'É', 'place': '1', 'typeTarif': 'A'}],
    'quota': [{'cle': 2, 'bloc': 'Z', 'typeTarif': 'A', 'quantite': 5}],
}

added = stock.ajouterPlaces(**where, reference='zeep+', allotement='ALL', **lines)
assert [line.resultat for line in added.ligne] == ['ACCEPTEE', 'ACCEPTEE'], added
assert stock.etatCommande(**me, reference='zeep+').etat == 'TRAITEE'
listed = stock.listerPlaces(**where, nombreMax=5000)
assert (listed.suite, listed.quota[0].libres) == (False, 5), listed
taken = stock.retirerPlaces(**where, reference='zeep-', allotement='ALL', **lines)
assert [(line.resultat, line.quantite) for line in taken.ligne] == [('RETIREE', 1), ('RETIREE', 5)]
(sale,) = sales.etatVentes(**me, nombreMax=10).operation
assert (sale.type, str(sale.prix), sale.rang) == ('VENTE', '44.00', 'É'), sale
number = prepare.prepareCtrlAcces(**where)
states = [fetch.getCtrlAcces(**me, numeroDemande=number, nombreMax=9).etat for _ in range(2)]
assert states == ['EN_COURS', 'PRETE'], states
try:
    sales.etatVentes(codeGestionnaire='NOBODY', nombreMax=1)
    raise SystemExit('A manager code that nobody has was taken')
except zeep.exceptions.Fault as fault:
    assert fault.detail[0][0].text == 'GESTIONNAIRE_INCONNU'
print(f'zeep {zeep.__version__}: {sum(v.count for v in validators)} messages keep to the schemas')
